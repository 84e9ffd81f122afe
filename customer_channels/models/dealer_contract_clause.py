from odoo import api, fields, models

from ..exceptions import ContractStateError


class CustomerDealerContractClause(models.Model):
    """A clause as one contract has it: taken over from the clauses of its kind, and changed where they agreed so."""

    _name = "customer.dealer.contract.clause"
    _description = "Clause of a Contract"
    _inherit = ["customer.steps.mixin", "customer.approval.line.mixin"]
    _order = "contract_id, sequence, id"
    _approval_parent = "contract_id"
    _step_error = ContractStateError
    # What a clause was taken from is noted when it is taken, so that changes show.
    _step_fields = ("clause_id", "original", "original_name", "is_edited")

    contract_id = fields.Many2one("customer.dealer.contract", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    clause_id = fields.Many2one(
        "customer.dealer.clause",
        string="Taken From",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Heading", required=True)
    body = fields.Html(string="Text")
    original_name = fields.Char(readonly=True)
    original = fields.Html(readonly=True, help="As it was taken over.")
    is_included = fields.Boolean(string="Included", default=True)
    is_edited = fields.Boolean(
        string="Changed",
        compute="_compute_is_edited",
        store=True,
        help="Differs from the clause that contracts of this kind have, or was added to this one.",
    )

    @api.depends("name", "body", "original_name", "original")
    def _compute_is_edited(self):
        for clause in self:
            clause.is_edited = (clause.name, clause.body or "") != (
                clause.original_name,
                clause.original or "",
            )

    @api.constrains("body")
    def _check_codes(self):
        for clause in self:
            clause.contract_id._check_clause_codes(clause.name, clause.body)


class CustomerDealerContract(models.Model):
    """The clauses of a contract."""

    _inherit = "customer.dealer.contract"

    clause_ids = fields.One2many("customer.dealer.contract.clause", "contract_id", string="Clauses")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        help="The language that it is written in: that of the dealer, unless agreed otherwise.",
    )
    edited_count = fields.Integer(string="Clauses Changed", compute="_compute_edited_count")

    @api.depends("dealer_id")
    def _compute_lang(self):
        for contract in self:
            contract.lang = contract.dealer_id.partner_id.lang or contract.lang or self.env.lang

    @api.depends("clause_ids.is_edited", "clause_ids.is_included")
    def _compute_edited_count(self):
        for contract in self:
            contract.edited_count = len(contract.clause_ids.filtered("is_edited"))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a contract has the clauses of its kind."""
        contracts = super().create(vals_list)
        contracts.filtered(lambda one: not one.clause_ids)._take_clauses()
        return contracts

    def write(self, vals):
        """Override of `base`: another kind or language has other clauses; those that were changed stay."""
        done = super().write(vals)
        if {"kind", "lang"} & set(vals) or "dealer_id" in vals:
            self._take_clauses()
        return done

    def _take_clauses(self):
        """Take the clauses of the kind over; clauses that were changed in the contract stay as they are."""
        values = []
        for (kind, company, lang), contracts in self.grouped(
            lambda one: (one.kind, one.company_id, one.lang)
        ).items():
            clauses = self.env["customer.dealer.clause"]._for(kind, company, lang)
            for contract in contracts:
                kept = contract.clause_ids.filtered("is_edited")
                values += contract._clauses_taken(clauses - kept.clause_id)
        self.clause_ids.filtered(lambda clause: not clause.is_edited).unlink()
        self.env["customer.dealer.contract.clause"].sudo().create(values)

    def _copy_clauses(self, contract):
        """Have the clauses of another contract, with what was changed in them."""
        self.ensure_one()
        self.clause_ids.unlink()
        values = contract.clause_ids.copy_data({"contract_id": self.id})
        self.clause_ids.sudo().create(values)

    def _clauses_taken(self, clauses):
        return [
            {
                "contract_id": self.id,
                "clause_id": clause.id,
                "sequence": clause.sequence,
                "name": clause.name,
                "original_name": clause.name,
                "body": clause.body,
                "original": clause.body,
                "is_included": not clause.is_optional,
            }
            for clause in clauses
        ]

    def action_take_clauses(self):
        """Take the clauses as they are written today; those that were changed in the contract stay."""
        self.check_access("write")
        self._take_clauses()
