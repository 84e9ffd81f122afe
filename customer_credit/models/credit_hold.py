from odoo import api, fields, models

from odoo.addons.customer_management.models.approval_mixin import FREE

from ..exceptions import CreditRecordError, CreditReleaseError

OPEN = ("held", "asked")
# What a release is good for.
RELEASES = [
    ("order", "This document"),
    ("amount", "Orders up to an amount"),
    ("days", "All orders until a day"),
]
# What people write when they ask for a release, or grant one.
ASKED = {"reason", "promise_date", "release_kind", "release_amount", "release_until", "condition"}


class CustomerCreditHold(models.Model):
    """An order, a delivery or an invoice that waits, why, and who lets it go on.

    It is released by the steps of the approval rules (the release ladder), or by itself when its cause is gone.
    """

    _name = "customer.credit.hold"
    _description = "Credit Hold"
    _inherit = ["customer.approval.mixin"]
    _order = "id desc"
    _rec_name = "document"

    decision_id = fields.Many2one(
        "customer.credit.decision", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="cascade")
    picking_id = fields.Many2one("stock.picking", readonly=True, index="btree_not_null", ondelete="cascade")
    move_id = fields.Many2one("account.move", readonly=True, index="btree_not_null", ondelete="cascade")
    document = fields.Char(readonly=True)
    stage = fields.Selection(related="decision_id.stage", store=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True, index="btree_not_null")
    team_id = fields.Many2one("crm.team", readonly=True, index="btree_not_null")
    held_by_id = fields.Many2one("res.users", string="Wanted By", readonly=True, index="btree_not_null")
    closed = fields.Selection([("cured", "Cured"), ("cancelled", "Cancelled")], readonly=True, copy=False)
    state = fields.Selection(
        [
            ("held", "Held"),
            ("asked", "Release Asked For"),
            ("released", "Released"),
            ("refused", "Refused"),
            ("cured", "Cured"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        help="Cured: its cause was gone, so it went on by itself.",
    )
    # The figures of the last check.
    has_limit = fields.Boolean(related="decision_id.has_limit", store=True)
    limit = fields.Monetary(related="decision_id.limit", store=True, aggregator=None)
    exposure = fields.Monetary(related="decision_id.exposure", store=True, aggregator=None)
    amount = fields.Monetary(related="decision_id.amount", store=True)
    excess = fields.Monetary(related="decision_id.excess", store=True)
    overdue = fields.Monetary(related="decision_id.overdue", store=True, aggregator=None)
    overdue_days = fields.Integer(related="decision_id.overdue_days", store=True, aggregator="max")
    ladder = fields.Selection(
        [("ask", "Reason Only"), ("low", "Low"), ("middle", "Middle"), ("high", "High"), ("never", "Never")],
        string="Level",
        compute="_compute_ladder",
        store=True,
        help="How far it is from the rules, which says who may release it; the bounds are in the settings.",
    )
    failed = fields.Json(related="decision_id.failed")
    reasons = fields.Html(compute="_compute_reasons")
    cause = fields.Char(compute="_compute_reasons", help="The rules that were not met.")
    use_percent = fields.Float(string="Use of the Limit (%)", compute="_compute_use_percent")
    # What is asked for, and what was granted.
    reason = fields.Text(copy=False, help="Why it should go on all the same.")
    promise_date = fields.Date(string="Payment Promised By", copy=False)
    release_kind = fields.Selection(
        RELEASES,
        default="order",
        required=True,
        copy=False,
        string="Release",
    )
    release_amount = fields.Monetary(copy=False, help="What orders may add together under this release.")
    release_until = fields.Date(copy=False, help="The last day of the release, included.")
    condition = fields.Char(copy=False, help="What has to happen for it, such as a payment.")

    _open_order_unique = models.UniqueIndex(
        "(order_id) WHERE picking_id IS NULL AND move_id IS NULL AND state IN ('held', 'asked')",
        "The order is held already.",
    )
    _open_picking_unique = models.UniqueIndex(
        "(picking_id) WHERE state IN ('held', 'asked')", "The delivery is held already."
    )
    _open_move_unique = models.UniqueIndex(
        "(move_id) WHERE state IN ('held', 'asked')", "The invoice is held already."
    )
    _release_positive = models.Constraint(
        "CHECK(release_amount >= 0)", "The amount of a release cannot be negative."
    )

    @api.depends("approval_state", "closed")
    def _compute_state(self):
        names = {"draft": "held", "pending": "asked", "approved": "released", "refused": "refused"}
        for hold in self:
            hold.state = hold.closed or names[hold.approval_state]

    @api.depends("decision_id")
    def _compute_ladder(self):
        for hold in self:
            actions = {fail["action"] for fail in hold.decision_id.failed or ()}
            company, decision = hold.company_id, hold.decision_id
            percent = (
                decision.excess / decision.limit * 100 if decision.limit else 100.0 * bool(decision.excess)
            )
            if "block" in actions:
                hold.ladder = "never"
            elif actions == {"ask"}:
                hold.ladder = "ask"
            elif (
                percent > company.customer_credit_release_middle
                or decision.overdue_days > company.customer_credit_release_overdue
            ):
                hold.ladder = "high"
            else:
                hold.ladder = "middle" if percent > company.customer_credit_release_low else "low"

    @api.depends("exposure", "amount", "limit")
    def _compute_use_percent(self):
        for hold in self:
            used = hold.exposure + hold.amount
            hold.use_percent = used / hold.limit * 100 if hold.limit else 100.0

    @api.depends("decision_id")
    @api.depends_context("lang")
    def _compute_reasons(self):
        for hold in self:
            hold.reasons = self._list_reasons(hold.failed, hold.currency_id)
            hold.cause = ", ".join(
                text.split(":")[0] for text in self._reason_texts(hold.failed, hold.currency_id)
            )

    # Guards

    def write(self, vals):
        """Override of `base`: of a hold, people write why it should go on, and nothing else.

        :raises CreditRecordError: when something else is written
        """
        own = {name for name in vals if name not in ASKED and not name.startswith(FREE)}
        if own - {"approval_state", "requested_by_id", "approval_ids"}:
            raise CreditRecordError(
                self.env._("What a hold says comes from the check. You can only write why it should go on.")
            )
        return super().write(vals)

    def _approval_free_fields(self):
        return super()._approval_free_fields() | {"promise_date", "condition"}

    def _approval_amount(self):
        """Override: the excess over the limit, or the whole document when it is not the limit."""
        self.ensure_one()
        return self.excess or self.amount, self.currency_id

    def _approval_requester(self):
        """Override: who wanted it to go on."""
        return self.held_by_id or super()._approval_requester()

    def _approval_authors(self):
        """Override: who wanted it to go on and whose order it is; a controller may submit and release it."""
        return self.held_by_id | self.user_id

    def _approval_check(self):
        """Override: there is a reason, a hold that can be released, and a step that decides it.

        :raises CreditReleaseError: when one of them is missing
        """
        rules = self.env["customer.approval.rule"]._match(self)
        for hold in self:
            if hold.closed:
                raise CreditReleaseError(
                    self.env._("“%s” is closed: nothing is held any more.", hold.document)
                )
            if hold.ladder == "never":
                raise CreditReleaseError(
                    self.env._(
                        "“%s” cannot be released: a rule blocks it. It goes on when the cause is gone.",
                        hold.document,
                    )
                )
            if not (hold.reason or "").strip():
                raise CreditReleaseError(self.env._("Say why “%s” should go on all the same.", hold.document))
            hold._check_release()
            if not rules[hold] and hold.ladder != "ask":
                raise CreditReleaseError(
                    self.env._(
                        "“%(document)s” cannot be released: no approval rule says who decides holds of level "
                        "“%(level)s”. Have a manager add one under Configuration > Approval Rules.",
                        document=hold.document,
                        level=dict(self._fields["ladder"]._description_selection(self.env))[hold.ladder],
                    )
                )
        return super()._approval_check()

    def _check_release(self):
        """:raises CreditReleaseError: when amount or last day of the release do not fit its kind"""
        today = fields.Date.context_today(self)
        if self.release_kind == "amount" and self.currency_id.compare_amounts(self.release_amount, 0) <= 0:
            raise CreditReleaseError(self.env._("Say up to which amount orders may go on."))
        if self.release_kind == "days" and not self.release_until:
            raise CreditReleaseError(self.env._("Say until which day orders may go on."))
        if self.release_until and self.release_until < today:
            raise CreditReleaseError(
                self.env._("The last day of the release, %(day)s, is past.", day=self.release_until)
            )

    def _approval_summary(self):
        """Override: what is held, by how much it exceeds, and why it should go on."""
        self.ensure_one()
        known = self.env["customer.approval"]
        facts = [
            (self._fields["partner_id"], self.partner_id.display_name),
            (self._fields["amount"], known._format(self.amount, self.currency_id)),
            (self._fields["exposure"], known._format(self.exposure, self.currency_id)),
            (self._fields["limit"], self.has_limit and known._format(self.limit, self.currency_id)),
            (self._fields["excess"], self.excess and known._format(self.excess, self.currency_id)),
            (self._fields["overdue"], self.overdue and known._format(self.overdue, self.currency_id)),
            (
                self.env["customer.credit.decision"]._fields["reasons"],
                "; ".join(self._reason_texts(self.failed, self.currency_id)),
            ),
            (self._fields["reason"], self.reason),
            (self._fields["promise_date"], self.promise_date and known._format_day(self.promise_date)),
        ]
        return [(field._description_string(self.env), value) for field, value in facts if value]

    @api.model
    def _subject_field(self, record):
        """Return the field of a hold that names a held document."""
        return {"sale.order": "order_id", "stock.picking": "picking_id", "account.move": "move_id"}[
            record._name
        ]

    def _subject(self):
        """Return the document that is held: the invoice or the transfer, else the order."""
        self.ensure_one()
        return self.move_id or self.picking_id or self.order_id

    def action_open_subject(self):
        """Open what is held."""
        self.ensure_one()
        return self._subject()._get_records_action()

    def action_open_account(self):
        """Open the credit account of the payer."""
        self.ensure_one()
        return self.account_id._get_records_action()

    def action_open_decisions(self):
        """Show all that was decided about the payer."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.credit_decision_action")
        return {**action, "domain": [("partner_id", "=", self.partner_id.id)], "context": {}}
