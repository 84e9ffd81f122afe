from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import ApprovalLockError, ApprovalRightError

LOCKED = ("pending", "approved")
# What the steps of an approval write, and how it is before the first one.
GUARDED = {"approval_state": "draft", "requested_by_id": False}
FREE = ("message_", "activity_", "my_activity_", "website_message_", "rating_")


class CustomerApprovalMixin(models.AbstractModel):
    """For documents that somebody else has to approve: draft, pending, approved or refused.

    What the approval writes, nobody else writes: not by a form, an import, a copy, a default or the
    context, and not as the system either. While it is pending and once it is approved, a document is
    locked; its lines too, if they inherit ``customer.approval.line.mixin``.

    A form needs in its header the buttons ``action_submit`` (draft), ``action_approve`` and
    ``action_refuse`` (``can_decide``), ``action_withdraw`` (pending) and ``action_reset`` (refused) with
    the status bar ``approval_state``, and on a page ``approval_chain``. See the form of
    ``customer.grade.request``. Fields that stay open while the document is locked are named by
    ``_approval_free_fields``; in the form they are the only ones without
    ``readonly="approval_state in ('pending', 'approved')"``.
    """

    _name = "customer.approval.mixin"
    _description = "Approval"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    approval_state = fields.Selection(
        [("draft", "Draft"), ("pending", "Pending"), ("approved", "Approved"), ("refused", "Refused")],
        string="Approval",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    approval_ids = fields.One2many(
        "customer.approval",
        "res_id",
        string="Approvals",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )
    requested_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    approval_waits_for = fields.Char(
        string="Waits For", compute="_compute_approval_waits_for", compute_sudo=True
    )
    approval_chain = fields.Html(
        string="Steps", compute="_compute_approval_chain", compute_sudo=True, sanitize=False
    )

    @api.depends("approval_ids.state", "approval_state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        rows = self.env["customer.approval"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("waits_for_me", "=", True)]
        mine = set(rows.search(domain).mapped("res_id"))
        for document in self:
            document.can_decide = document.id in mine

    @api.depends("approval_ids.state", "approval_state")
    def _compute_approval_waits_for(self):
        rows = self.env["customer.approval"].sudo()._of(self, ["pending"]).grouped("res_id")
        for document in self:
            asked = rows.get(document.id, self.env["customer.approval"])
            document.approval_waits_for = ", ".join(asked.approver_ids.mapped("name"))

    @api.depends("approval_ids.state", "approval_state")
    @api.depends_context("lang", "tz")
    def _compute_approval_chain(self):
        rows = self.env["customer.approval"].sudo()._of(self).grouped("res_id")
        for document in self:
            document.approval_chain = rows[document.id]._render_chain() if document.id in rows else False

    # Hooks

    def _approval_amount(self):
        """Hook: return the amount of the document and its currency; the size decides which rules fit.

        :rtype: tuple[float, res.currency]
        """
        self.ensure_one()
        return 0.0, self._approval_company().currency_id

    def _approval_size(self):
        """Return the size of the amount in the currency of the company, whatever its sign."""
        amount, currency = self._approval_amount()
        company = self._approval_company()
        if currency and currency != company.currency_id:
            amount = currency._convert(amount, company.currency_id, company, fields.Date.context_today(self))
        return abs(amount)

    def _approval_company(self):
        """Hook: return the company whose rules and currency count."""
        self.ensure_one()
        own = self["company_id"] if "company_id" in self._fields else self.env["res.company"]
        return own or self.env.company

    def _approval_requester(self):
        """Hook: return for whom it is requested, whose team leader may be asked; by default who submits."""
        return self.requested_by_id or self.env.user

    def _approval_authors(self):
        """Hook: return who may not decide the document: who made it, who submits it, who requests it."""
        return self.create_uid | self.env.user | self._approval_requester()

    def _approval_free_fields(self):
        """Hook: return the names of the fields that may be written while the document is locked.

        Messages and activities are free in any case.
        """
        return set()

    def _approval_check(self):
        """Hook: raise a ``UserError`` when a document is not complete enough to be submitted."""

    def _approval_summary(self):
        """Hook: return what an approver should see at once, as ``[(label, text)]``."""
        self.ensure_one()
        return []

    def _approval_granted(self):
        """Hook: these documents have been approved. As the system; ``env.user`` is who approved."""

    def _approval_refused(self):
        """Hook: these documents have been refused. As the system; ``env.user`` is who refused."""

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is approved from its birth, whatever values or context say."""
        for vals in vals_list:
            self._approval_refuse_guarded(name for name in vals if vals[name] != GUARDED.get(name, vals))
        return super().create([{**vals, **GUARDED} for vals in vals_list])

    def write(self, vals):
        """Override of `base`: a locked document is not changed, and no document's state by hand.

        :raises ApprovalRightError: when it is the state that is written
        :raises ApprovalLockError: when a document is pending or approved
        """
        self._approval_refuse_guarded(vals)
        self._approval_refuse_locked(vals)
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Override of `base`: a translation is a change as well."""
        self._approval_refuse_locked([field_name])
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    def _approval_write(self, vals):
        """Write as a step of the approval, or as what follows from it: past the guards, for the server only."""
        host = super()
        return host.write(vals)

    def _approval_refuse_guarded(self, names):
        if not {"approval_ids", *GUARDED}.isdisjoint(names):
            raise ApprovalRightError(
                self.env._(
                    "Whether a document is approved changes by submitting and deciding it, not by editing, "
                    "importing or copying it."
                )
            )

    def _approval_refuse_locked(self, names):
        """:raises ApprovalLockError: when a field that is not free is named and a document is locked"""
        free = self._approval_free_fields()
        held = sorted(name for name in names if name not in free and not name.startswith(FREE))
        locked = self.sudo().filtered(lambda document: document.approval_state in LOCKED)
        if held and locked:
            # The message names the document: only to who may see it.
            self.check_access("read")
            state = dict(self._fields["approval_state"]._description_selection(self.env))
            raise ApprovalLockError(
                self.env._(
                    "“%(document)s” is %(state)s and cannot be changed (%(fields)s). Withdraw it first while it "
                    "is pending; once approved, make a new one.",
                    document=locked[0].display_name,
                    state=state[locked[0].approval_state],
                    fields=", ".join(
                        self._fields[n]._description_string(self.env) for n in held if n in self._fields
                    ),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        rows = self.env["customer.approval"].sudo()._of(self, ["approved", "refused", "none_needed"])
        decided = set(rows.mapped("res_id"))
        for document in self.sudo():
            if document.approval_state in LOCKED or document.id in decided:
                raise ApprovalLockError(
                    self.env._(
                        "“%s” cannot be deleted: it is pending, or somebody has decided about it. Archive it "
                        "or leave it as it is.",
                        document.display_name,
                    )
                )

    def _approval_touch(self):
        """Mark the documents as changed in the database, for changes that happen in their lines.

        A submission that runs at the same time then fails and is run again, and sees the new lines.
        """
        if self.ids:
            self.flush_recordset(["approval_state"])
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET approval_state = approval_state WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    self.ids,
                )
            )
