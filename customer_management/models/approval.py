from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import ApprovalRightError
from ..tools import engine_env


class CustomerApproval(models.Model):
    """One step of one submission of a document: who was asked, who decided, when and why.

    The rows are the record of what happened, so nobody writes them: not a manager, not the system
    (``sudo``). ``_record`` and ``_settle`` are the only ways, and only the steps of a document use them.
    What a rule said is copied, so that later changes of the rule change nothing.
    """

    _name = "customer.approval"
    _description = "Approval"
    _order = "create_date desc, round desc, sequence, id"
    _rec_name = "subject"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_model_id = fields.Many2one(
        "ir.model", string="Kind", readonly=True, index="btree_not_null", ondelete="set null"
    )
    res_id = fields.Many2oneReference(
        string="Document ID", required=True, readonly=True, model_field="res_model"
    )
    subject = fields.Char(string="Document", required=True, readonly=True)
    round = fields.Integer(required=True, readonly=True, aggregator=None, help="1 for the first submission.")
    sequence = fields.Integer(readonly=True, aggregator=None)
    rule_id = fields.Many2one(
        "customer.approval.rule", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(string="Step", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Later"),
            ("pending", "To Decide"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("void", "Void"),
            ("none_needed", "No Approval Needed"),
        ],
        required=True,
        readonly=True,
        help="Void: another step was refused, so this one was not decided.",
    )
    approver_ids = fields.Many2many(
        "res.users",
        "customer_approval_approver_rel",
        "approval_id",
        "user_id",
        string="Approvers",
        readonly=True,
    )
    barred_ids = fields.Many2many(
        "res.users",
        "customer_approval_barred_rel",
        "approval_id",
        "user_id",
        string="May Not Decide",
        readonly=True,
        help="Who made or submitted the document, unless the rule lets them decide their own.",
    )
    requester_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="restrict")
    allow_requester = fields.Boolean(string="Own Requests Too", readonly=True)
    amount = fields.Monetary(readonly=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    days = fields.Integer(string="Days to Decide", readonly=True, aggregator=None)
    requested_on = fields.Datetime(string="Waiting Since", readonly=True)
    deadline = fields.Date(readonly=True)
    reminded_on = fields.Date(string="Last Reminder", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null", ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", readonly=True, index="btree_not_null", ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    reason = fields.Text(readonly=True)
    is_mine = fields.Boolean(
        string="I Am Asked",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="You are an approver, or stand in for one today.",
    )
    waits_for_me = fields.Boolean(compute="_compute_is_mine", search="_search_waits_for_me")

    _document_idx = models.Index("(res_id, res_model)")
    _pending_idx = models.Index("(deadline) WHERE state = 'pending'")

    # Who is asked

    def _mine_domain(self):
        """Return which rows ask the current user, or somebody for whom the user stands in now."""
        domain = Domain("approver_ids", "in", self.env.uid)
        delegations = self.env["customer.approval.delegation"]
        for delegation in delegations._get_running([("delegate_id", "=", self.env.uid)]):
            place = Domain("approver_ids", "in", delegation.user_id.id)
            if delegation.company_id:
                place &= Domain("company_id", "=", delegation.company_id.id)
            domain |= place
        return domain

    def _waiting_domain(self):
        """Return which rows the current user may decide now."""
        return (
            Domain("state", "=", "pending")
            & Domain("barred_ids", "not in", self.env.uid)
            & self._mine_domain()
        )

    @api.depends("approver_ids", "barred_ids", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        rows = self.sudo()
        mine, waiting = (
            rows.filtered_domain(domain) for domain in (self._mine_domain(), self._waiting_domain())
        )
        for row in self:
            row.is_mine = row.sudo() in mine
            row.waits_for_me = row.sudo() in waiting

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain() if True in value else ~self._mine_domain()

    def _search_waits_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._waiting_domain() if True in value else ~self._waiting_domain()

    @api.model
    def get_waiting_count(self):
        """Return how many approvals wait for the current user, for the counter in the bar at the top."""
        return self.search_count([("waits_for_me", "=", True)])

    # Nobody writes it

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: approvals come from submitting a document only."""
        self._refuse_writing()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: approvals change by deciding only."""
        self._refuse_writing()
        return super().write(vals)

    def unlink(self):
        """Override of `base`: approvals are kept for ever."""
        self._refuse_writing()
        return super().unlink()

    def _refuse_writing(self):
        raise ApprovalRightError(
            self.env._(
                "Approvals are written by submitting and deciding a document only. They are never made, "
                "changed or deleted by hand."
            )
        )

    @api.model
    def _record(self, vals_list):
        """Make rows; every field is given, so that no default of a user comes in."""
        blank = dict.fromkeys(
            ("reminded_on", "decided_by_id", "on_behalf_of_id", "decided_on", "reason"), False
        )
        host = super()
        return host.create([{**blank, **vals} for vals in vals_list])

    def _settle(self, vals):
        """Change rows in a step of their document."""
        host = super()
        return host.write(vals)

    # The document

    def _engine(self):
        """Return the same rows in the engine's environment."""
        return self.with_env(engine_env(self.env))

    def _documents(self):
        """Return the documents by model: ``{model: records}``, without those that are gone."""
        groups = self.grouped("res_model")
        return {
            name: self.env[name].browse(rows.mapped("res_id")).exists()
            for name, rows in groups.items()
            if name in self.env
        }

    def _document(self):
        """Return the one document of these rows, or None when it is gone."""
        return next((document for document in self._documents().values() if document), None)

    @api.model
    def _of(self, documents, states=None):
        """Return the rows of documents of one model, in the order of their steps."""
        domain = [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        if states:
            domain.append(("state", "in", states))
        return self.search(domain, order="round, sequence, id")
