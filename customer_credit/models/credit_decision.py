from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import CreditRecordError


class CustomerCreditDecision(models.Model):
    """What was decided about an order, a delivery or an invoice, with the figures of that moment.

    The rows explain every confirmed order and every hold. They are written by the checks only, never changed.
    """

    _name = "customer.credit.decision"
    _description = "Credit Decision"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, index=True, readonly=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    stage = fields.Selection(
        [
            ("order", "Order"),
            ("growth", "Larger Order"),
            ("delivery", "Delivery"),
            ("invoice", "Invoice"),
        ],
        required=True,
        readonly=True,
        help="Larger Order: what somebody wants to make of a confirmed order.",
    )
    order_id = fields.Many2one("sale.order", index="btree_not_null", readonly=True, ondelete="set null")
    picking_id = fields.Many2one("stock.picking", index="btree_not_null", readonly=True, ondelete="set null")
    move_id = fields.Many2one("account.move", index="btree_not_null", readonly=True, ondelete="set null")
    document = fields.Char(readonly=True, help="The name of the document at that moment.")
    result = fields.Selection(
        [
            ("passed", "Passed"),
            ("warned", "Passed with a Warning"),
            ("released", "Released"),
            ("held", "Held"),
        ],
        required=True,
        readonly=True,
    )
    release_id = fields.Many2one(
        "customer.credit.hold",
        string="By Release",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    has_limit = fields.Boolean(readonly=True)
    limit = fields.Monetary(readonly=True, aggregator=None, help="The limit that left the least room.")
    exposure = fields.Monetary(
        string="Exposure Before",
        readonly=True,
        aggregator=None,
        help="What the payer, or the group whose limit leaves the least room, had taken up without it.",
    )
    amount = fields.Monetary(readonly=True, aggregator=None, help="What it adds.")
    excess = fields.Monetary(
        readonly=True, aggregator=None, help="By how much the limit is exceeded with it; 0: not at all."
    )
    overdue = fields.Monetary(readonly=True, aggregator=None)
    overdue_days = fields.Integer(readonly=True, aggregator=None)
    components = fields.Json(readonly=True)
    failed = fields.Json(readonly=True)
    reasons = fields.Html(compute="_compute_reasons")

    @api.depends("failed", "currency_id")
    @api.depends_context("lang")
    def _compute_reasons(self):
        for decision in self:
            decision.reasons = self.env["customer.credit.hold"]._list_reasons(
                decision.failed, decision.currency_id
            )

    @api.depends("document", "result")
    def _compute_display_name(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        for decision in self:
            decision.display_name = f"{decision.document}: {labels.get(decision.result)}"

    @api.model
    def _record(self, cases):
        """Write down what was decided, and note on each case which row it is.

        One statement, past the ORM: an order that is confirmed waits for it, and rows that are only ever added
        need none of what makes records slow. Amounts are rounded here.

        :param list cases: decided ones
        """
        if not cases:
            return
        now, user = self.env.cr.now(), self.env.uid
        stamp = {"create_uid": user, "write_uid": user, "create_date": now, "write_date": now}
        rows = [{**self._values(case), **stamp} for case in cases]
        self.env["customer.credit.hold"].flush_model(["state"])
        found = self.env.execute_query(
            SQL(
                "INSERT INTO customer_credit_decision (%s) VALUES %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, rows[0])),
                SQL(", ").join(SQL("%s", tuple(row.values())) for row in rows),
            )
        )
        for case, (decision,) in zip(cases, found, strict=True):
            case.decision_id = decision
        fields_read = ["credit_decision_ids", "credit_state"]
        self.env["sale.order"].browse(case.order.id for case in cases).invalidate_recordset(
            fields_read, flush=False
        )

    @api.model
    def _values(self, case):
        binding, rounded = case.binding, case.company.currency_id.round
        subject = {"sale.order": "order_id", "stock.picking": "picking_id", "account.move": "move_id"}
        excess = max(
            (fail["value"] - fail["bound"] for fail in case.failed if fail["kind"] == "limit"), default=0.0
        )
        since = case.facts["overdue_since"]
        components = {code: amount for code, amount in case.facts.items() if isinstance(amount, float)}
        return {
            "company_id": case.company.id,
            "partner_id": case.payer.id,
            "account_id": case.standing.id if case.standing else None,
            "stage": case.stage,
            "order_id": case.order.id or None,
            subject[case.record._name]: case.record.id,
            "document": case.record._credit_name(),
            "result": case.result,
            "release_id": case.release_id or None,
            "has_limit": bool(binding),
            "limit": rounded(binding.limit if binding else 0.0),
            "exposure": rounded(case.exposure),
            "amount": rounded(case.amount),
            "excess": rounded(excess),
            "overdue": rounded(case.facts["overdue"]),
            "overdue_days": (case.today - since).days if since else 0,
            "components": Json(components),
            "failed": Json(case.failed),
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nobody writes decisions but the checks."""
        self._refuse_writing()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: what was decided stays as it was."""
        self._refuse_writing()
        return super().write(vals)

    def unlink(self):
        """Override of `base`: what was decided is kept."""
        self._refuse_writing()
        return super().unlink()

    def _refuse_writing(self):
        raise CreditRecordError(
            self.env._(
                "Credit decisions are recorded by the checks only: they explain orders and holds, and are never "
                "made, changed or deleted by hand."
            )
        )
