from odoo import fields, models


class StockReturnPickingLine(models.TransientModel):
    """The host's return wizard, which remedies use as the system, says which remedy goods come back for."""

    _inherit = "stock.return.picking.line"

    complaint_remedy_line_id = fields.Many2one(
        "customer.complaint.remedy.line", string="Remedy", ondelete="cascade", readonly=True
    )

    def _prepare_move_default_values(self, new_picking):
        """Override of `stock`: only what the system made for a remedy belongs to it."""
        values = super()._prepare_move_default_values(new_picking)
        line = self.complaint_remedy_line_id
        return {**values, "complaint_remedy_line_id": line.id if self.env.su else False}
