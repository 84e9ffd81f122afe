from odoo import fields, models

from .dealer_store import PAYERS


class CustomerDealerStoreFee(models.Model):
    """What a store was paid for taking our goods in, and who paid it. (form A9)"""

    _name = "customer.dealer.store.fee"
    _description = "Listing Fee"
    _order = "date desc, id desc"

    store_id = fields.Many2one("customer.dealer.store", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="store_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="store_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [
            ("entry", "Entry Fee"),
            ("item", "Per Item"),
            ("display", "Display"),
            ("promotion", "Promotion"),
            ("renewal", "Renewal"),
            ("other", "Other"),
        ],
        required=True,
        default="entry",
    )
    amount = fields.Monetary(required=True)
    paid_by = fields.Selection(PAYERS, required=True, default="dealer")
    reference = fields.Char(help="Number of the bill or of the receipt.")

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A fee cannot be negative.")
