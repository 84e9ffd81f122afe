from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import ApprovalStateError

# What is asked for: a grade, or special terms of one of these kinds.
KINDS = [
    ("grade", "Grade"),
    ("price", "Price"),
    ("payment", "Payment Term"),
    ("limit", "Credit Limit"),
    ("service", "Service"),
    ("gift", "Gift"),
]


class CustomerGradeRequest(models.Model):
    """Somebody asks for another grade, or for special terms, for a customer; somebody else approves.

    An approved grade is given at once and, with a last day, locked until then: no grading run changes it.
    """

    _name = "customer.grade.request"
    _description = "Special Customer Request"
    _inherit = ["customer.approval.mixin"]
    _order = "id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, string="Asked For", required=True, default="grade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('customer_rank', '>', 0), ('parent_id', '=', False)]",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    current_grade_id = fields.Many2one(
        "customer.grade", compute="_compute_current_grade_id", store=True, index="btree_not_null"
    )
    current_grade_color = fields.Integer(
        related="current_grade_id.color", string="Color of the Current Grade"
    )
    grade_id = fields.Many2one(
        "customer.grade",
        string="New Grade",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
        check_company=True,
        tracking=True,
    )
    grade_color = fields.Integer(related="grade_id.color", string="Color of the New Grade")
    current_terms = fields.Text()
    asked_terms = fields.Text()
    amount = fields.Monetary(string="Worth", help="What it costs the company, if that can be said.")
    date_from = fields.Date(string="From")
    valid_until = fields.Date(
        help="No grading run changes the grade up to and including this day. Empty: the next run grades as usual."
    )
    reason = fields.Text(required=True)
    benefit = fields.Text(string="Expected Benefit")
    risk = fields.Text(string="Risks")

    @api.depends("partner_id", "company_id")
    def _compute_current_grade_id(self):
        for company, requests in self.grouped("company_id").items():
            for request in requests:
                request.current_grade_id = request.partner_id.with_company(company).customer_grade_id

    @api.depends("kind", "partner_id.name", "grade_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            what = f"{labels.get(request.kind, '')} {request.grade_id.name or ''}".strip()
            request.display_name = f"{request.partner_id.name or ''}: {what}"

    def _open(self):
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_request_action")
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    def _approval_amount(self):
        """Override: what the special terms are worth."""
        self.ensure_one()
        return self.amount, self.currency_id

    def _approval_summary(self):
        """Override: the customer, what it has, what is asked for, and why."""
        self.ensure_one()
        known = self.env["customer.approval"]
        facts = [
            (self._fields["partner_id"], self.partner_id.display_name),
            (self._fields["current_grade_id"], self.kind == "grade" and self.current_grade_id.name),
            (self._fields["grade_id"], self.kind == "grade" and self.grade_id.name),
            (self._fields["current_terms"], self.current_terms),
            (self._fields["asked_terms"], self.asked_terms),
            (self._fields["amount"], self.amount and known._format(self.amount, self.currency_id)),
            (self._fields["valid_until"], self.valid_until and known._format_day(self.valid_until)),
            (self._fields["reason"], self.reason),
            (self._fields["benefit"], self.benefit),
            (self._fields["risk"], self.risk),
        ]
        return [(field._description_string(self.env), value) for field, value in facts if value]

    def _approval_check(self):
        """Override: what is asked for is named, and a lock is not longer than the scheme allows.

        :raises ApprovalStateError: when something is missing, or the last day is past or too far away
        """
        today = fields.Date.context_today(self)
        for request in self:
            if not (request.reason or "").strip():
                raise ApprovalStateError(self.env._("Say why %s is asked for it.", request.partner_id.name))
            if request.valid_until and request.valid_until < today:
                raise ApprovalStateError(
                    self.env._(
                        "The last day of “%(request)s”, %(date)s, is past: choose a day from %(today)s on.",
                        request=request.display_name,
                        date=request.valid_until,
                        today=today,
                    )
                )
            if request.kind == "grade":
                request._check_grade(today)
            elif not (request.asked_terms or "").strip():
                raise ApprovalStateError(
                    self.env._("Say which terms are asked for: “%s”.", request.display_name)
                )

    def _check_grade(self, today):
        if not self.grade_id:
            raise ApprovalStateError(self.env._("Choose the grade that %s shall have.", self.partner_id.name))
        months = self.grade_id.scheme_id.lock_months
        latest = today + relativedelta(months=months)
        if months and self.valid_until and self.valid_until > latest:
            raise ApprovalStateError(
                self.env._(
                    "A grade of “%(scheme)s” can be locked for %(months)s months at most, that is until "
                    "%(latest)s, not %(date)s.",
                    scheme=self.grade_id.scheme_id.name,
                    months=months,
                    latest=latest,
                    date=self.valid_until,
                )
            )

    def _approval_granted(self):
        """Override: the customers get their grades, locked until the last day."""
        asked = self.filtered(lambda request: request.kind == "grade")
        keys = asked.grouped(lambda request: (request.grade_id, request.reason, request.valid_until))
        for (grade, reason, until), requests in keys.items():
            partners = requests.partner_id.with_company(grade.company_id)
            partners._change_customer_grade(grade, reason, until)
        return super()._approval_granted()
