from odoo import api, fields, models
from odoo.tools import format_amount

from ..exceptions import RemedyStepError

KINDS = [
    ("refund", "Refund or Compensation"),
    ("allowance", "Allowance"),
    ("return", "Return with Credit"),
    ("replacement", "Replacement"),
    ("repair", "Repair"),
    ("redelivery", "Delivery of What Is Missing"),
    ("apology", "Apology or Explanation"),
]
MONEY = ("refund", "allowance", "return")
GOODS = ("return", "replacement", "repair", "redelivery")
SENT = ("replacement", "redelivery")


class CustomerComplaintRemedyLine(models.Model):
    """One thing that a customer gets: an amount on an invoice, a percentage of it, goods back, new ones, or words."""

    _name = "customer.complaint.remedy.line"
    _description = "Line of a Remedy"
    _inherit = ["customer.steps.mixin", "customer.approval.line.mixin"]
    _order = "remedy_id, sequence, id"
    _rec_name = "kind"
    _check_company_auto = True
    _approval_parent = "remedy_id"
    _step_error = RemedyStepError
    _step_fields = ("credit_move_id", "order_line_id", "repair_id", "return_move_ids")

    remedy_id = fields.Many2one(
        "customer.complaint.remedy", string="Proposal", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    complaint_id = fields.Many2one(related="remedy_id.complaint_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="remedy_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="remedy_id.partner_id", store=True, index="btree_not_null", precompute=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    kind = fields.Selection(KINDS, string="Form of Remedy", required=True, default="allowance")
    # Which goods
    complaint_line_id = fields.Many2one(
        "customer.complaint.line",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('complaint_id', '=', complaint_id)]",
        help="Empty: the invoice as a whole.",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        related="complaint_line_id.sale_line_id",
        string="Order Line",
        store=True,
        index=True,
    )
    product_id = fields.Many2one(
        "product.product", related="complaint_line_id.product_id", string="Product", store=True, index=True
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_quantity", store=True, readonly=False, precompute=True
    )
    takes_back = fields.Boolean(
        "Old Goods Come Back",
        default=True,
        help="Of a replacement; what is returned or repaired comes back anyway.",
    )
    # Which money
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        compute="_compute_move_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id), ('state', '=', 'posted'), "
        "('move_type', 'in', ('out_invoice', 'out_receipt'))]",
        help="The invoice that is credited. Empty for a compensation that no invoice is the reason of.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True, ondelete="restrict"
    )
    percent = fields.Float(
        "Allowance (%)", digits=(16, 2), help="Of the goods on the invoice, or of all of it."
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="What is credited, taxes included; for a repair what it will cost.",
    )
    value_company = fields.Monetary(
        "Value",
        compute="_compute_value_company",
        store=True,
        currency_field="company_currency_id",
        help="What it gives away, in company currency: the amount, and goods sent at their selling price.",
    )
    note = fields.Char()
    # What was made of it
    credit_move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    return_move_ids = fields.One2many(
        "stock.move", "complaint_remedy_line_id", string="Returned", readonly=True, copy=False
    )
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Sent by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    repair_id = fields.Many2one(
        "repair.order", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    is_done = fields.Boolean("Done", compute="_compute_is_done", store=True, compute_sudo=True)
    progress = fields.Char(
        compute="_compute_progress", compute_sudo=True, help="Its documents, and how far they are."
    )

    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND quantity >= 0 AND percent BETWEEN 0 AND 100)",
        "Amounts and quantities of a remedy are not negative, and an allowance is at most 100 %.",
    )

    @api.depends("complaint_line_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.complaint_line_id.uom_id

    @api.depends("complaint_line_id", "kind")
    def _compute_quantity(self):
        for line in self:
            goods = line.kind in GOODS and line.complaint_line_id
            line.quantity = goods and (line.quantity or goods.quantity)

    @api.depends("complaint_line_id", "kind")
    def _compute_move_id(self):
        for line in self:
            if line.kind not in MONEY:
                line.move_id = False
                continue
            goods, named = line.complaint_line_id, line.complaint_id.move_id
            sold = (goods or line.complaint_id.line_ids).sudo().sale_line_id.invoice_lines.move_id
            sold = sold.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")
            if goods:
                line.move_id = named if named in sold or not sold else sold.sorted("id")[-1:]
            else:
                # The only invoice of the goods, where the complaint names none.
                line.move_id = named or (sold if len(sold) == 1 else False)

    @api.depends("move_id", "complaint_line_id", "complaint_id")
    def _compute_currency_id(self):
        for line in self:
            complaint = line.complaint_id
            line.currency_id = (
                line.sudo().move_id.currency_id or complaint.currency_id or line.company_id.currency_id
            )

    @api.depends("kind", "percent", "quantity", "uom_id", "move_id", "complaint_line_id")
    def _compute_amount(self):
        for line in self:
            rows = line.sudo()._invoice_rows()
            if line.kind == "allowance" and line.percent:
                line.amount = line.currency_id.round(sum(rows.mapped("price_total")) * line.percent / 100)
            elif line.kind == "return":
                line.amount = line.currency_id.round(line.sudo()._price() * line.quantity)
            elif line.kind in (*SENT, "apology"):
                line.amount = 0
            else:
                line.amount = line.amount

    @api.depends("kind", "amount", "quantity", "uom_id", "currency_id", "complaint_line_id")
    def _compute_value_company(self):
        today = fields.Date.context_today(self)
        for line in self:
            value = line.sudo()._price() * line.quantity if line.kind in SENT else line.amount
            company = line.company_id
            currency = line.currency_id or company.currency_id
            line.value_company = (
                currency._convert(value, company.currency_id, company, today) if company else value
            )

    def _invoice_rows(self):
        """Return the lines of the invoice that it is about: those of the goods, or all."""
        rows = self.move_id.invoice_line_ids.filtered(lambda row: row.display_type == "product")
        own = rows.filtered(lambda row: self.sale_line_id and self.sale_line_id in row.sale_line_ids)
        if self.product_id and not own:
            own = rows.filtered(lambda row: row.product_id == self.product_id)
        return own or (rows if not self.complaint_line_id else rows.browse())

    def _price(self):
        """Return the price of one unit of the goods, taxes included, as invoiced or as sold, in its currency."""
        self.ensure_one()
        goods, rows = self.complaint_line_id, self._invoice_rows()
        if goods and rows and sum(rows.mapped("quantity")):
            row = rows[:1]
            count = row.product_uom_id._compute_quantity(
                sum(rows.mapped("quantity")), self.uom_id, round=False
            )
            return sum(rows.mapped("price_total")) / count if count else 0.0
        per = goods.uom_id._compute_quantity(1, self.uom_id, round=False) if goods and self.uom_id else 1.0
        return (goods.price_unit or goods.product_id.lst_price) / (per or 1.0)

    def _comes_back(self):
        """Return whether the customer gives goods back."""
        self.ensure_one()
        return self.kind in ("return", "repair") or (self.kind == "replacement" and self.takes_back)

    def _words(self):
        """Return the line in words, for who approves it and for the slip."""
        self.ensure_one()
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.kind in GOODS:
            kind = f"{kind}: {self.quantity:g} {self.uom_id.name or ''} {self.product_id.display_name or ''}"
        if self.amount:
            kind = f"{kind} {format_amount(self.env, self.amount, self.currency_id)}"
        return kind.strip()
