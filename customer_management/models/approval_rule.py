import ast

from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import ApprovalRuleError


class CustomerApprovalRule(models.Model):
    """One step that documents of a kind have to pass: which of them, and who decides.

    Every rule that fits a document is a step. Steps follow each other by sequence; those of the same
    sequence run side by side. Within a step one approver is enough.
    """

    _name = "customer.approval.rule"
    _description = "Approval Rule"
    _inherit = ["mail.thread"]
    _order = "model_id, sequence, id"

    name = fields.Char(string="Step", required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(
        default=10,
        tracking=True,
        help="Steps are taken in this order. Those with the same number run side by side: all have to approve.",
    )
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade", help="Empty: all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        required=True,
        index=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", self._get_models())],
        tracking=True,
    )
    model_name = fields.Char(related="model_id.model", string="Model Name")
    domain = fields.Char(
        string="Condition",
        default="[]",
        required=True,
        help="Which documents the step is for.",
        tracking=True,
    )
    amount_min = fields.Monetary(
        string="From Amount",
        help="Included, in the currency of the company. The size counts, not the sign.",
        tracking=True,
    )
    amount_max = fields.Monetary(
        string="Below Amount",
        help="Not included, in the currency of the company; 0: no limit.",
        tracking=True,
    )
    approver_kind = fields.Selection(
        [
            ("user", "Persons"),
            ("group", "A group"),
            ("team_leader", "Leader of the sales team"),
            ("field", "A person named in the document"),
        ],
        string="Who Decides",
        default="user",
        required=True,
        tracking=True,
    )
    user_ids = fields.Many2many(
        "res.users", string="Approvers", domain=[("share", "=", False)], tracking=True
    )
    group_id = fields.Many2one("res.groups", index="btree_not_null", ondelete="restrict", tracking=True)
    field_id = fields.Many2one(
        "ir.model.fields",
        string="Field with the Approver",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('relation', '=', 'res.users')]",
        tracking=True,
    )
    allow_requester = fields.Boolean(
        string="Own Requests Too",
        help="Who made or submitted a document may decide it. Off: somebody else has to (four eyes).",
        tracking=True,
    )
    days = fields.Integer(string="Days to Decide", default=2, help="Then reminders are sent.", tracking=True)

    _days_positive = models.Constraint("CHECK(days >= 0)", "The days to decide cannot be negative.")
    _amounts_positive = models.Constraint(
        "CHECK(amount_min >= 0 AND amount_max >= 0)", "The amounts of an approval rule cannot be negative."
    )
    _amounts_in_order = models.Constraint(
        "CHECK(amount_max = 0 OR amount_max > amount_min)",
        "An approval rule ends below its upper amount: it has to be more than the lower one, or 0 for no limit.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.onchange("model_id")
    def _onchange_model_id(self):
        self.domain = "[]"
        self.field_id = False

    @api.model
    def _get_models(self):
        """Return the names of the models whose documents can be approved."""
        mixin = self.pool["customer.approval.mixin"]
        return [name for name, model in self.pool.items() if issubclass(model, mixin) and not model._abstract]

    @api.constrains("model_id", "domain", "approver_kind", "user_ids", "group_id", "field_id")
    def _check_rule(self):
        models_ = self._get_models()
        for rule in self:
            if rule.model_name not in models_:
                raise ApprovalRuleError(
                    self.env._(
                        "Documents of the kind “%s” cannot be approved: choose another one.",
                        rule.model_id.name,
                    )
                )
            rule._check_domain()
            rule._check_approver()

    def _check_domain(self):
        """:raises ApprovalRuleError: when the condition is no domain of literals over fields of the model"""
        try:
            Domain(ast.literal_eval(self.domain)).validate(self.env[self.model_name])
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise ApprovalRuleError(
                self.env._(
                    "The condition of the step “%(rule)s” cannot be read: %(error)s. Choose it anew.",
                    rule=self.name,
                    error=error,
                )
            ) from error

    def _check_approver(self):
        """:raises ApprovalRuleError: when the rule does not say who decides"""
        value = {"user": self.user_ids, "group": self.group_id, "field": self.field_id}.get(
            self.approver_kind, True
        )
        if not value:
            raise ApprovalRuleError(
                self.env._("Say who decides the step “%s”: persons, a group or a field.", self.name)
            )
        field = self.field_id
        if self.approver_kind == "field" and (
            field.model_id != self.model_id or field.relation != "res.users"
        ):
            raise ApprovalRuleError(
                self.env._(
                    "The field “%(field)s” of the step “%(rule)s” names no person of the document.",
                    field=field.field_description,
                    rule=self.name,
                )
            )

    # What fits a document, and who decides it

    @api.model
    def _match(self, documents):
        """Return which rules fit each document, in their order: ``{document: rules}``.

        :param documents: records of one model with the approval mixin, in the engine's environment
        """
        rules = self.search([("model_id.model", "=", documents._name)], order="sequence, id")
        found = dict.fromkeys(documents, self.browse())
        for company, records in documents.grouped(lambda doc: doc._approval_company()).items():
            records = records.with_company(company)
            sizes = {record.id: record._approval_size() for record in records}
            for rule in rules.filtered(
                lambda rule, own=company: not rule.company_id or rule.company_id == own
            ):
                for record in records.filtered_domain(ast.literal_eval(rule.domain)):
                    if rule._covers(sizes[record.id], company.currency_id):
                        found[documents.browse(record.id)] += rule
        return found

    def _covers(self, size, currency):
        """Return whether an amount in this currency lies in the band of the rule."""
        above = currency.compare_amounts(size, self.amount_min) >= 0
        return above and (not self.amount_max or currency.compare_amounts(size, self.amount_max) < 0)

    def _candidates(self, document):
        """Return the users whom the rule names for a document, whether or not they may decide it."""
        if self.approver_kind == "user":
            return self.user_ids
        if self.approver_kind == "group":
            return self.group_id.all_user_ids
        if self.approver_kind == "field":
            return document[self.field_id.name]
        team = document["team_id"] if "team_id" in document._fields else self.env["crm.team"]
        if team._name != "crm.team" or not team:
            team = document._approval_requester().sale_team_id
        return team.user_id
