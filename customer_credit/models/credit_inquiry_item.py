from odoo import fields, models

GROUPS = [
    ("company", "Company"),
    ("managers", "Managers"),
    ("business", "Business"),
    ("finance", "Finance"),
    ("bank", "Banks"),
    ("assets", "Assets"),
    ("references", "Trade References"),
    ("payment", "Payments to Us"),
    ("litigation", "Litigation"),
]
SOURCES = [
    ("visit", "Own Visit"),
    ("ledger", "Own Books"),
    ("bank", "Bank"),
    ("supplier", "Other Suppliers"),
    ("public", "Public Registers"),
    ("agency", "Credit Agency"),
    ("accounts", "Accounts of the Customer"),
    ("customer", "Customer"),
]


class CustomerCreditInquiryItem(models.Model):
    """What an investigation asks: a new one starts with all of them."""

    _name = "customer.credit.inquiry.item"
    _description = "Question of Credit Investigations"
    _order = "sequence, id"

    name = fields.Char(string="Item", required=True, translate=True)
    group = fields.Selection(GROUPS, string="Section", required=True)
    guide = fields.Text(translate=True, help="What to look at, and what is a bad sign.")
    source = fields.Selection(SOURCES, string="Usual Source", required=True, default="visit")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: asked in every company.")
    metric_id = fields.Many2one(
        "customer.metric",
        string="Filled From",
        ondelete="set null",
        help="The finding is taken from our own books when the investigation is drafted.",
    )

    def _finding(self, value, company):
        """Return the values of the line with which an investigation starts to ask this.

        :param value: of the metric; None when it has none
        """
        self.ensure_one()
        values = {"name": self.name, "group": self.group, "guide": self.guide, "source": self.source}
        values["sequence"] = self.sequence
        if self.metric_id:
            text = "–"
            if value is not None:
                text = self.metric_id._in_unit(
                    round(float(value), 4), self.metric_id.unit, company.currency_id
                )
            values.update(finding=f"{self.metric_id.name}: {text}", date=fields.Date.context_today(self))
        return values
