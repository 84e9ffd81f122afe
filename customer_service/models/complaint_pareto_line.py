from odoo import api, fields, models

from ..exceptions import ComplaintFigureError
from .complaint_pareto import KEYS, SPLITS

TYPED = {"action"}


class CustomerComplaintParetoLine(models.Model):
    """One cause, product, department, kind or customer with its part of the complaints."""

    _name = "customer.complaint.pareto.line"
    _description = "Line of a Complaint Pareto"
    _order = "pareto_id, sequence, id"
    # Its name is that of what it counts, so it is found by that.
    _rec_names_search = ("cause_id", "product_id", "kind_id", "partner_id", "department_id")

    pareto_id = fields.Many2one(
        "customer.complaint.pareto", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pareto_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(readonly=True)
    by = fields.Selection(SPLITS, string="Counted By", required=True, readonly=True)
    name = fields.Char("What", compute="_compute_name")
    cause_id = fields.Many2one(
        "customer.complaint.cause", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null", ondelete="cascade")
    kind_id = fields.Many2one(
        "customer.complaint.kind", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Responsible Department",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The one that caused most of these complaints.",
    )
    is_unknown = fields.Boolean(readonly=True, help="Of these nobody has said it yet: they have no share.")
    count = fields.Integer("Complaints", readonly=True)
    share = fields.Float(readonly=True)
    cumulative = fields.Float("Added Up", readonly=True, aggregator=None)
    is_vital = fields.Boolean(
        "One of the Few",
        readonly=True,
        help="The few that make 80 % together, and the first one in any case.",
    )
    has_loss = fields.Boolean(readonly=True)
    loss = fields.Monetary(readonly=True, help="Where it is known.")
    previous_count = fields.Integer(
        "Previous Period", readonly=True, help="In the period of the same length before."
    )
    trend = fields.Integer(
        compute="_compute_trend", help="More or fewer complaints than in the period before."
    )
    action = fields.Char("Countermeasure")
    action_count = fields.Integer("Actions", compute="_compute_action_count")

    @api.depends("by", "cause_id", "product_id", "department_id", "kind_id", "partner_id")
    def _compute_name(self):
        for line in self:
            value = line[KEYS[line.by][1]] if line.by else line.cause_id
            line.name = value.sudo().display_name or self.env._("Not said")

    @api.depends("count", "previous_count")
    def _compute_trend(self):
        for line in self:
            line.trend = line.count - line.previous_count

    @api.depends("cause_id")
    def _compute_action_count(self):
        counts = dict(
            self.env["customer.complaint.action"]._read_group(
                [("cause_id", "in", self.cause_id.ids), ("state", "=", "planned")], ["cause_id"], ["__count"]
            )
        )
        for line in self:
            line.action_count = counts.get(line.cause_id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only computing makes lines.

        :raises ComplaintFigureError: by anybody else
        """
        if not self.env.su:
            raise ComplaintFigureError(
                self.env._("The lines are counted from the complaints: compute the analysis.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: people type the measure.

        :raises ComplaintFigureError: for a figure
        """
        if not self.env.su and not TYPED.issuperset(vals):
            raise ComplaintFigureError(
                self.env._("The figures are counted from the complaints. Type the measure only.")
            )
        return super().write(vals)

    def action_open_complaints(self):
        """Show the complaints that the line counts."""
        self.ensure_one()
        header = self.pareto_id
        begin, end, _before = header._bounds()
        column, name = KEYS[self.by]
        path = {"product": "line_ids.product_id", "customer": "commercial_partner_id"}.get(self.by, name)
        below = "child_of" if column == "cause_group_id" and self[name] else "="
        domain = [
            ("company_id", "=", header.company_id.id),
            ("outcome", "!=", "duplicate"),
            ("date_received", ">=", begin),
            ("date_received", "<", end),
            (path, below, self[name].id),
        ]
        domain += [("is_justified", "in", ("yes", "partly"))] if header.justified_only else []
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {**action, "display_name": self.name, "domain": domain, "context": {}}
