from itertools import pairwise
from math import inf, isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..exceptions import GradeCutError

# In the context while a scheme writes its grades one after the other and checks them all at the end.
# An object, because no caller from outside can send it.
CHECKED_BY_SCHEME = object()


class CustomerGrade(models.Model):
    """A grade of a scheme, where it is cut off, and what follows from it."""

    _name = "customer.grade"
    _description = "Customer Grade"
    _order = "scheme_id, sequence, id"
    _check_company_auto = True

    scheme_id = fields.Many2one("customer.grade.scheme", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    method = fields.Selection(related="scheme_id.method")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    color = fields.Integer()
    cut = fields.Float(
        string="Up To / From",
        help="Share of the amount or of the customers: the percentage, counted from the best customer, at which this "
        "grade ends. Threshold or score: the least value for this grade. The last grade takes all others.",
    )
    is_last = fields.Boolean(compute="_compute_is_last")
    note = fields.Char(translate=True, help="What this grade means, in a few words.")
    visit_interval_days = fields.Integer(string="Visit Every (Days)", help="0: no regular visits.")
    limit_factor = fields.Float(default=1.0, help="The credit limit that is computed is multiplied by this.")
    payment_term_id = fields.Many2one("account.payment.term", check_company=True)
    pricelist_id = fields.Many2one("product.pricelist", check_company=True)
    service_level = fields.Selection(
        [("standard", "Standard"), ("preferred", "Preferred"), ("premium", "Premium")],
        required=True,
        default="standard",
    )
    required_field_ids = fields.Many2many(
        "ir.model.fields",
        string="Required File Fields",
        domain=[("model", "=", "res.partner"), ("store", "=", True)],
        groups="customer_management.group_customer_manager",
        help="What the file of a customer of this grade must contain.",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    _name_unique = models.Constraint("UNIQUE(scheme_id, name)", "A scheme has only one grade of each name.")
    _visit_positive = models.Constraint(
        "CHECK(visit_interval_days >= 0)", "A visit interval cannot be negative."
    )
    _limit_positive = models.Constraint(
        "CHECK(limit_factor >= 0 AND limit_factor < 'Infinity')",
        "A limit factor is a number of zero or more.",
    )

    @api.depends("name", "scheme_id.name")
    @api.depends_context("with_scheme")
    def _compute_display_name(self):
        for grade in self:
            long = self.env.context.get("with_scheme") and grade.scheme_id
            grade.display_name = f"{grade.scheme_id.name}: {grade.name}" if long else grade.name

    @api.depends("sequence", "scheme_id.grade_ids.sequence")
    def _compute_is_last(self):
        for grade in self:
            grade.is_last = grade == grade.scheme_id.grade_ids._in_order()[-1:]

    def _compute_partner_count(self):
        counts = {}
        for company, grades in self.grouped("company_id").items():
            partners = self.env["res.partner"].with_company(company)
            counts.update(
                partners._read_group(
                    [("customer_grade_id", "in", grades.ids)], ["customer_grade_id"], ["__count"]
                )
            )
        for grade in self:
            grade.partner_count = counts.get(grade._origin, 0)

    @api.constrains("cut", "sequence", "scheme_id")
    def _check_cuts(self):
        if self.env.context.get("grade_cuts") is CHECKED_BY_SCHEME:
            return
        for scheme in self.scheme_id:
            scheme.grade_ids._in_order()._cuts_in_order(scheme.method, scheme._rising())

    def _in_order(self):
        """Return these grades, best first; new ones come after stored ones of the same sequence."""
        return self.sorted(lambda grade: (grade.sequence, grade._origin.id or inf))

    def _cuts_in_order(self, method, rising):
        """Return the cuts of these grades, best first, without that of the last one.

        :raises GradeCutError: when a cut is out of order or out of range; it names the grades
        """
        grades = self[:-1]
        percent = method in ("pareto", "rank")
        for grade in self:
            if not isfinite(grade.cut):
                raise GradeCutError(
                    self.env._("The cut of grade %(grade)s is not a number.", grade=grade.name)
                )
        for grade in grades:
            if percent and not 0 < grade.cut < 100:
                raise GradeCutError(
                    self.env._(
                        "Grade %(grade)s ends at %(cut)s %%: it must be more than 0 and less than 100.",
                        grade=grade.name,
                        cut=grade.cut,
                    )
                )
        ascending = percent or not rising
        for better, worse in pairwise(grades):
            if not (better.cut < worse.cut if ascending else better.cut > worse.cut):
                raise GradeCutError(
                    self.env._(
                        "The cuts are out of order: grade %(better)s has %(better_cut)s and the next grade "
                        "%(worse)s has %(worse_cut)s. The cut of %(worse)s must be %(wanted)s.",
                        better=better.name,
                        better_cut=better.cut,
                        worse=worse.name,
                        worse_cut=worse.cut,
                        wanted=self.env._("higher") if ascending else self.env._("lower"),
                    )
                )
        return tuple(grades.mapped("cut"))

    def write(self, vals):
        """Override of `base`: a grade that customers or runs have stays in its scheme.

        :raises UserError: when a grade in use is to move
        """
        if "scheme_id" in vals:
            moved = self.filtered(lambda grade: grade.scheme_id.id != vals["scheme_id"] and grade._is_used())
            if moved:
                raise UserError(
                    self.env._(
                        "Grade %(grade)s is in use and cannot move to another scheme. Add a new grade there.",
                        grade=", ".join(moved.mapped("name")),
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered(lambda grade: grade._is_used())
        if used:
            raise UserError(
                self.env._(
                    "Grade %(grade)s is in use by customers or past runs. Change its cut or its name instead, "
                    "or archive the scheme and make a new one.",
                    grade=", ".join(used.mapped("name")),
                )
            )

    def _is_used(self):
        """Return whether a customer has, had or was to get this grade."""
        self.ensure_one()
        for model in ("customer.grade.history", "customer.grade.result"):
            rows = self.env[model].sudo()
            columns = [
                name
                for name, field in rows._fields.items()
                if field.comodel_name == self._name and field.store
            ]
            if rows.search(Domain.OR(Domain(column, "=", self.id) for column in columns), limit=1):
                return True
        return False

    def action_open_partners(self):
        """Show the customers that have this grade."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_management.res_partner_action_customers"
        )
        return {**action, "domain": [("customer_grade_id", "=", self.id)], "display_name": self.display_name}
