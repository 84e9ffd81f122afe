from odoo import api, fields, models

from ..exceptions import GradeWriteError

# What a run or an approved request gives, and nobody else.
GIVEN = ("customer_grade_id", "customer_grade_locked_until")


class ResPartner(models.Model):
    """Customers carry the grade that the last applied run gave them, one for each company."""

    _inherit = "res.partner"

    customer_grade_id = fields.Many2one(
        "customer.grade",
        company_dependent=True,
        readonly=True,
        copy=False,
        help="Set by applying a grading run, or by a change with a reason.",
    )
    customer_grade_color = fields.Integer(related="customer_grade_id.color")
    customer_grade_history_ids = fields.One2many("customer.grade.history", "partner_id")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a grade is never given by creating or importing a partner."""
        if not self.env.su and any(vals.get(name) for vals in vals_list for name in GIVEN):
            self._refuse_grade()
        # Named in the values, so that neither the context nor a user's own defaults can give one.
        return super().create([{**dict.fromkeys(GIVEN, False), **vals} for vals in vals_list])

    def write(self, vals):
        """Override of `base`: a grade changes by a run or with a reason only, whatever road leads here.

        To write the grade that the customers have is no change: merging partners does it.
        """
        if not self.env.su and not vals.keys().isdisjoint(GIVEN):
            vals = dict(vals)
            for name in vals.keys() & set(GIVEN):
                given = self._fields[name].convert_to_write(vals.pop(name) or False, self)
                if any(self._fields[name].convert_to_write(one[name], one) != given for one in self):
                    self._refuse_grade()
        return super().write(vals)

    def _refuse_grade(self):
        raise GradeWriteError(
            self.env._(
                "A customer's grade cannot be edited or imported. Apply a grading run, "
                "or use “Change Grade” on the customer and give the reason."
            )
        )

    def unlink(self):
        """Override of `base` to take the grading results along, whose column carries no foreign key."""
        ids = self.ids
        done = super().unlink()
        self.env["customer.grade.result"].sudo()._delete_where("partner_id", ids)
        return done

    def _change_customer_grade(self, grade, reason, until=False):
        """Give customers a grade by hand, with a row of history each.

        :param grade: the new grade, of a scheme of the current company
        :param str reason: why
        :param date until: no run changes it up to this day; without one, the next run does as usual
        """
        history = self.env["customer.grade.history"].sudo()
        changed = self.commercial_partner_id.filtered(lambda partner: partner.customer_grade_id != grade)
        history.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": grade.company_id.id,
                    "date": fields.Date.context_today(self),
                    "grade_id": grade.id,
                    "previous_grade_id": partner.customer_grade_id.id,
                    "user_id": self.env.user.id,
                    "reason": reason,
                }
                for partner in changed
            ]
        )
        changed.sudo().customer_grade_id = grade
        self.commercial_partner_id.sudo().customer_grade_locked_until = until
        changed._customer_grade_changed(grade.scheme_id)

    def _customer_grade_changed(self, scheme):
        """Hook: the grade of these customers has changed in the current company.

        Gives them the payment terms and the pricelist of the grade where the scheme says so. Addons
        override it to let more follow; it is called once for all customers of a run.
        """
        if not scheme.set_terms:
            return
        for grade, partners in self.sudo().grouped("customer_grade_id").items():
            if grade.payment_term_id:
                partners.property_payment_term_id = grade.payment_term_id
            if grade.pricelist_id:
                partners.specific_property_product_pricelist = grade.pricelist_id

    def action_change_customer_grade(self):
        """Ask for the new grade and the reason."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Grade"),
            "res_model": "customer.grade.change",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_ids": self.commercial_partner_id.ids},
        }
