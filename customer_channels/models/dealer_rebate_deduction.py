from odoo import api, fields, models

from ..exceptions import RebateWriteError


class CustomerDealerRebateDeduction(models.Model):
    """Points that a dealer loses: poor supply, display, promotion and the like. Half a point each by default.

    A point is one percent of the base of the rebates whose period it falls into.
    """

    _name = "customer.dealer.rebate.deduction"
    _description = "Rebate Deduction"
    _order = "date desc, id desc"
    _check_company_auto = True

    dealer_id = fields.Many2one("customer.dealer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    plan_id = fields.Many2one(
        "customer.dealer.rebate.plan",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Empty: all rebates of the dealer.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    points = fields.Float("Points Lost", digits=(16, 2), required=True, default=0.5)
    reason = fields.Char(required=True)

    _points_positive = models.Constraint("CHECK(points > 0)", "Points that are lost are above zero.")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is deducted from what was checked already."""
        deductions = super().create(vals_list)
        deductions._refuse_checked()
        return deductions

    def write(self, vals):
        """Override of `base`: what a checked statement counted stays."""
        self._refuse_checked()
        done = super().write(vals)
        self._refuse_checked()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_checked(self):
        self._refuse_checked()

    def _refuse_checked(self):
        """:raises RebateWriteError: when a statement of the period was submitted or checked"""
        if not self:
            return
        found = (
            self.env["customer.dealer.rebate.statement"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", self.dealer_id.ids),
                    ("kind", "=", "final"),
                    ("approval_state", "in", ("pending", "approved")),
                    ("date_to", ">=", min(self.mapped("date"))),
                ]
            )
        )
        for one in self:
            held = found.filtered(
                lambda statement, one=one: (
                    statement.dealer_id == one.dealer_id
                    and statement.date_from <= one.date <= statement.date_to
                    and one.plan_id in (statement.plan_id, one.plan_id.browse())
                )
            )
            if held:
                raise RebateWriteError(
                    self.env._(
                        "Statement %(statement)s of that period is checked already: date the deduction after %(day)s.",
                        statement=held[0].name,
                        day=held[0].date_to,
                    )
                )
