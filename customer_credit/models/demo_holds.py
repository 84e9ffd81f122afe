from odoo import api, fields, models
from odoo.fields import Command

# Customer, product, quantity, who sells, and why it should go on all the same, when that was asked for.
WANTED = (
    ("harbin", "cooker", 12, "lina", False),
    ("beihai", "hood", 450, "wangwei", "They pay the oldest two invoices on Friday; the season begins now."),
    ("silkroad", "kettle", 30, "lina", False),
    ("jiangnan", "stove", 10, "wangwei", False),
)


class CustomerDemoStory(models.AbstractModel):
    """Orders that the credit rules hold, and one whose release was asked for."""

    _inherit = "customer.demo.story"

    @api.model
    def _hold_credit(self):
        """Confirm some quotations as their salespeople: some pass, some are held."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        for customer, product, quantity, login, reason in WANTED:
            seller = self.env.ref(f"customer_management.user_{login}")
            story = self.with_user(seller).with_company(company).with_context(tracking_disable=True)
            order = story.env["sale.order"].create(
                {
                    "partner_id": self.env.ref(f"customer_management.partner_{customer}").id,
                    "user_id": seller.id,
                    "date_order": fields.Datetime.now(),
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.env.ref(f"customer_management.product_{product}").id,
                                "product_uom_qty": quantity,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
            order.action_confirm()
            hold = order.credit_hold_ids
            if hold and reason:
                hold.write({"reason": reason, "promise_date": fields.Date.add(fields.Date.today(), days=3)})
                hold.action_submit()
