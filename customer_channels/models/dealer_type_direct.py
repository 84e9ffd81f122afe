from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerDealerType(models.Model):
    """What holds for those who sell to consumers: when they order, how goods come back, what they earn."""

    _inherit = "customer.dealer.type"

    order_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Order Window",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The days and hours in which its dealers may order; empty: always.",
    )
    return_days = fields.Integer(
        string="Returns Within (Days)",
        default=30,
        help="After delivery, unopened, with the invoice; 0: no returns.",
    )
    return_workdays = fields.Integer(
        string="Handled Within (Working Days)", default=7, help="From the day on which a return is asked for."
    )
    commission_rate = fields.Float(string="Commission", help="Of what is sold to consumers; 0.2 is 20 %.")
    commission_cap = fields.Float(
        string="Highest Commission", default=0.3, help="What the law allows at most; 0.3 is 30 %."
    )

    _direct_positive = models.Constraint(
        "CHECK(return_days >= 0 AND return_workdays >= 0 AND commission_rate >= 0 AND commission_cap <= 1)",
        "Days and commissions cannot be negative, and a commission is not more than the sale.",
    )

    @api.constrains("commission_rate", "commission_cap")
    def _check_commission_rate(self):
        for one in self:
            if one.commission_rate > one.commission_cap:
                raise ValidationError(
                    self.env._(
                        "The commission of %(type)s, %(rate)s, is above the highest one, %(cap)s.",
                        type=one.name,
                        rate=f"{one.commission_rate:.0%}",
                        cap=f"{one.commission_cap:.0%}",
                    )
                )
