from odoo import api, fields, models

from ..exceptions import ComplaintStepError
from .complaint_evidence import FORMS

# What the kind says about a piece of evidence; the desk says only whether it is there.
ASKED = {"complaint_id", "evidence_id", "name", "is_required"}


class CustomerComplaintProof(models.Model):
    """One line of the checklist of a complaint: which evidence, and whether it is there."""

    _name = "customer.complaint.proof"
    _description = "Evidence of a Complaint"
    _order = "complaint_id, sequence, id"

    complaint_id = fields.Many2one("customer.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", store=True, index="btree_not_null"
    )
    evidence_id = fields.Many2one(
        "customer.complaint.evidence",
        string="Asked For",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sequence = fields.Integer(default=100)
    name = fields.Char("Evidence", required=True)
    form = fields.Selection(FORMS, required=True, default="record")
    is_required = fields.Boolean("Required", readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "customer_complaint_proof_attachment_rel",
        "proof_id",
        "attachment_id",
        string="Files",
        copy=False,
    )
    note = fields.Char("Seen", help="Who saw it, when and where, if there is no file.")
    is_there = fields.Boolean("There", compute="_compute_is_there", store=True)

    @api.depends("attachment_ids", "note")
    def _compute_is_there(self):
        for proof in self:
            proof.is_there = bool(proof.attachment_ids or (proof.note or "").strip())

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: what is required comes from the kind alone; files belong to the complaint."""
        if not self.env.su:
            vals_list = [{**vals, "is_required": False, "evidence_id": False} for vals in vals_list]
        proofs = super().create(vals_list)
        proofs._keep_files()
        return proofs

    def write(self, vals):
        """Override of `base`: what the kind asks for stays as it is.

        :raises ComplaintStepError: when somebody changes what is asked for
        """
        if not self.env.su and ASKED & set(vals) and self.sudo().filtered("evidence_id"):
            raise ComplaintStepError(
                self.env._(
                    "What the kind of the complaint asks for is changed on the kind, not on the complaint."
                )
            )
        done = super().write(vals)
        if "attachment_ids" in vals:
            self._keep_files()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        if not self.env.su and self.sudo().filtered("is_required"):
            raise ComplaintStepError(
                self.env._("Evidence that the kind requires stays on the list: note why it is not needed.")
            )

    def _keep_files(self):
        """Let files belong to the complaint, so that who sees it sees them.

        :raises AccessError: when somebody adds a file that they may not read
        """
        for proof in self:
            files = proof.sudo().attachment_ids
            files.with_env(self.env).check_access("read")
            loose = files.filtered(lambda file: not file.res_id)
            loose.write({"res_model": "customer.complaint", "res_id": proof.complaint_id.id})


class CustomerComplaint(models.Model):
    """A complaint has the checklist of its kind."""

    _inherit = "customer.complaint"

    proof_ids = fields.One2many("customer.complaint.proof", "complaint_id", string="Evidence")
    evidence_text = fields.Text(related="kind_id.evidence_required", string="What to Ask For")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: take over the checklist of the kind."""
        complaints = super().create(vals_list)
        complaints._take_checklist()
        return complaints

    def write(self, vals):
        """Override of `base`: another kind, another checklist; what is there stays."""
        done = super().write(vals)
        if "kind_id" in vals:
            self._take_checklist()
        return done

    def _take_checklist(self):
        """Put what the kinds ask for on the checklists, and take off what is neither asked for nor there."""
        proofs = self.sudo().proof_ids.filtered("evidence_id")
        stale = proofs.filtered(
            lambda one: one.evidence_id.kind_id != one.complaint_id.kind_id and not one.is_there
        )
        stale.unlink()
        rows = []
        for complaint in self.sudo():
            has = complaint.proof_ids.evidence_id
            rows += [
                {
                    "complaint_id": complaint.id,
                    "evidence_id": item.id,
                    "sequence": item.sequence,
                    "name": item.with_context(lang=self.env.lang).name,
                    "form": item.form,
                    "is_required": item.is_required,
                }
                for item in complaint.kind_id.evidence_ids - has
            ]
        self.env["customer.complaint.proof"].sudo().create(rows)

    def _missing_for(self, stage):
        """Override of customer service: assessing needs the evidence that the kind requires."""
        missing = super()._missing_for(stage)
        if stage == "assess":
            needed = self.sudo().proof_ids.filtered(lambda one: one.is_required and not one.is_there)
            missing += [
                self.env._("Evidence: %s. Attach it, or note who has seen it.", proof.name)
                for proof in needed
            ]
        return missing
