from odoo import api, fields, models

from .credit_inquiry_item import GROUPS, SOURCES


class CustomerCreditFinding(models.Model):
    """What an investigation found about one item, how it is judged, and what proves it."""

    _name = "customer.credit.finding"
    _description = "Finding of a Credit Investigation"
    _order = "investigation_id desc, sequence, id"

    investigation_id = fields.Many2one(
        "customer.credit.investigation", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="investigation_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="investigation_id.company_id", store=True, index=True)
    state = fields.Selection(related="investigation_id.state")
    sequence = fields.Integer(default=1000)
    group = fields.Selection(GROUPS, string="Section", required=True, default="company")
    name = fields.Char(string="Item", required=True)
    guide = fields.Text(readonly=True)
    finding = fields.Text()
    mark = fields.Selection(
        [("good", "Good"), ("normal", "Normal"), ("bad", "Bad")], help="Empty: not judged."
    )
    source = fields.Selection(SOURCES)
    date = fields.Date(help="When it was found out.")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "customer_credit_finding_attachment_rel",
        "finding_id",
        "attachment_id",
        string="Evidence",
    )
    evidence_count = fields.Integer(string="Papers", compute="_compute_evidence_count")

    @api.depends("attachment_ids")
    def _compute_evidence_count(self):
        for finding in self:
            finding.evidence_count = len(finding.attachment_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to a finished investigation."""
        findings = super().create(vals_list)
        findings._ensure_draft()
        return findings

    def write(self, vals):
        """Override of `base`: the findings of a finished investigation stay; a new one is dated today."""
        self._ensure_draft()
        if vals.get("finding") and "date" not in vals:
            vals = {**vals, "date": fields.Date.context_today(self)}
        done = super().write(vals)
        if "investigation_id" in vals:
            self._ensure_draft()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self._ensure_draft()

    def _ensure_draft(self):
        """:raises InvestigationStateError: when one belongs to a finished investigation"""
        if not self.env.su:
            self.sudo().investigation_id._ensure_draft()

    def action_open(self):
        """Show one finding with its evidence."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
