from odoo import fields, models


class CustomerTestRequest(models.Model):
    """Somebody else's document that has to be approved, with lines."""

    _name = "customer.test.request"
    _description = "Test Request"
    _inherit = ["customer.approval.mixin"]

    name = fields.Char(required=True, translate=True)
    partner_id = fields.Many2one("res.partner")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    amount = fields.Monetary()
    boss_id = fields.Many2one("res.users")
    note = fields.Char(help="Free while the document is locked.")
    outcome = fields.Char(readonly=True)
    line_ids = fields.One2many("customer.test.request.line", "request_id")

    def _approval_amount(self):
        return self.amount, self.currency_id

    def _approval_free_fields(self):
        return {*super()._approval_free_fields(), "note"}

    def _approval_granted(self):
        self._approval_write({"outcome": f"granted by {self.env.user.login}"})
        return super()._approval_granted()

    def _approval_refused(self):
        self._approval_write({"outcome": f"refused by {self.env.user.login}"})
        return super()._approval_refused()


class CustomerTestRequestLine(models.Model):
    """A line that is locked with its request."""

    _name = "customer.test.request.line"
    _description = "Test Request Line"
    _inherit = ["customer.approval.line.mixin"]
    _approval_parent = "request_id"

    request_id = fields.Many2one("customer.test.request", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
