from odoo import fields, models

from ..exceptions import ComplaintAuthorityError
from .complaint_finding import SEVERITIES

STEPS = [
    ("confirm", "Acknowledge"),
    ("assess", "Confirm the Facts"),
    ("agree", "End the Assessment"),
    ("carry_out", "Agree on Remedies"),
    ("follow_up", "Carried Out"),
    ("settled", "Close as Settled"),
    ("rejected", "Reject"),
    ("withdrawn", "Close as Withdrawn"),
    ("duplicate", "Close as Duplicate"),
    ("reopen", "Reopen"),
]
WHO = [
    ("any", "Whoever Handles It"),
    ("service", "Customer Service"),
    ("leader", "Leader of the Team"),
    ("head", "Head of the Responsible Department"),
    ("manager", "Manager of Customer Service"),
]


class CustomerComplaintAuthority(models.Model):
    """Who may take which step of a complaint. A manager of customer service always may.

    The row of the company goes before the shared one, that of the severity before that for all.
    """

    _name = "customer.complaint.authority"
    _description = "Authority over Complaints"
    _order = "step, severity, id"
    _rec_name = "step"

    step = fields.Selection(STEPS, required=True)
    severity = fields.Selection(SEVERITIES, help="Empty: of any severity.")
    who = fields.Selection(WHO, required=True, default="manager")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    active = fields.Boolean(default=True)

    _step_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), step, COALESCE(severity, '')) WHERE active",
        "It is already said who takes this step for this severity.",
    )

    def _who(self, complaint, step):
        """Return who takes a step of a complaint: a code of ``WHO``.

        :param self: all rows that may count
        """
        fits = self.filtered(
            lambda row: row.step == step
            and row.severity in (False, complaint.severity)
            and row.company_id in (complaint.company_id, row.company_id.browse())
        )
        best = fits.sorted(lambda row: (not row.company_id, not row.severity, row.id))[:1]
        return best.who or "any"


class CustomerComplaint(models.Model):
    """The steps of a complaint are taken by who has the authority for them."""

    _inherit = "customer.complaint"

    def _go(self, stage, **values):
        """Override of customer service: every step goes through here.

        :raises ComplaintAuthorityError: when it is for somebody else
        """
        if not self.env.su:
            for before, complaints in self.grouped("stage").items():
                step = "reopen" if before == "closed" else values.get("outcome") or stage
                complaints._ensure_authority(step)
        return super()._go(stage, **values)

    def _ensure_authority(self, step):
        """:raises ComplaintAuthorityError: unless the user may take a step of all these complaints"""
        if self.env.user.has_group("customer_service.group_service_manager"):
            return
        rows = self.env["customer.complaint.authority"].sudo().search([("step", "=", step)])
        for complaint in self:
            who = rows._who(complaint, step)
            if not complaint._has_authority(who):
                raise ComplaintAuthorityError(
                    self.env._(
                        "%(complaint)s: “%(step)s” is for: %(who)s. Ask there, or have a manager take the step.",
                        complaint=complaint.display_name,
                        step=dict(rows._fields["step"]._description_selection(self.env)).get(step, step),
                        who=dict(rows._fields["who"]._description_selection(self.env))[who],
                    )
                )

    def _has_authority(self, who):
        """Return whether the user is one of those whom a code of ``WHO`` names for the complaint."""
        user, complaint = self.env.user, self.sudo()
        if who == "any":
            return True
        if who == "service":
            return user.has_group("customer_service.group_service_user")
        if who == "leader":
            return complaint.team_id.user_id == user
        if who == "head":
            return complaint.department_id.manager_id.user_id == user
        return False
