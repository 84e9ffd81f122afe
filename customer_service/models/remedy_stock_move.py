from odoo import api, fields, models

from .system_links_mixin import KeptLink


class StockMove(models.Model):
    """Moves that bring goods of a complaint back know the remedy, also when they are split."""

    _name = "stock.move"
    _inherit = ["stock.move", "customer.system.links.mixin"]
    _system_links = ("complaint_remedy_line_id",)

    complaint_remedy_line_id = fields.Many2one(
        "customer.complaint.remedy.line",
        string="Remedy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _prepare_move_split_vals(self, qty):
        """Override of `stock`: the rest belongs to the same remedy."""
        values = super()._prepare_move_split_vals(qty)
        line = self.complaint_remedy_line_id.id
        return {**values, "complaint_remedy_line_id": line and KeptLink(line)}

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """Override of `stock`: what comes back for different remedies stays apart."""
        return [*super()._prepare_merge_moves_distinct_fields(), "complaint_remedy_line_id"]
