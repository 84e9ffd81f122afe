from odoo import api, fields, models


class CustomerDealerAppraisalNeighbour(models.Model):
    """A dealer beside the one that is appraised: what it bought before, what it buys now, why it lost."""

    _name = "customer.dealer.appraisal.neighbour"
    _description = "Neighbour of an Appraised Dealer"
    _inherit = ["customer.approval.line.mixin"]
    _order = "appraisal_id, id"
    _check_company_auto = True
    _approval_parent = "appraisal_id"

    appraisal_id = fields.Many2one("customer.dealer.appraisal", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="appraisal_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one(
        "customer.dealer",
        string="Neighbour",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    amount_before = fields.Monetary(string="Period Before")
    amount = fields.Monetary(string="This Period")
    share = fields.Float(
        string="Because of It (%)", default=100.0, help="Which part of the loss the appraised dealer caused."
    )
    loss = fields.Monetary(
        string="Sales Lost",
        compute="_compute_loss",
        store=True,
        help="Only what was lost; growth is not counted.",
    )

    _share_valid = models.Constraint("CHECK(share BETWEEN 0 AND 100)", "A part is between 0 and 100 %.")

    @api.depends("amount_before", "amount", "share")
    def _compute_loss(self):
        for line in self:
            line.loss = max(line.amount_before - line.amount, 0.0) * line.share / 100
