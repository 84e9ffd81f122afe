from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import html_translate

from odoo.addons.customer_management.tools.living_text import placeholders

from .dealer_contract import CONTRACT_KINDS


class CustomerDealerClause(models.Model):
    """A clause that contracts of a kind take over; each contract keeps a copy of its own.

    Codes in double square brackets stand for what the contract says: [[deposit_amount]], [[territory_table]].
    """

    _name = "customer.dealer.clause"
    _description = "Contract Clause"
    _order = "kind, sequence, id"

    name = fields.Char(string="Heading", required=True, translate=True)
    code = fields.Char(help="A short name for imports.")
    kind = fields.Selection(CONTRACT_KINDS, required=True, index=True, help="Which contracts take it over.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty to share the clause among all companies."
    )
    is_optional = fields.Boolean(
        string="Optional", help="Contracts take it over crossed out; whoever prepares one includes it."
    )
    body = fields.Html(
        string="Text",
        translate=html_translate,
        help="A code in double square brackets, such as [[deposit_amount]], stands for what the contract says.",
    )

    @api.constrains("body")
    def _check_codes(self):
        contracts = self.env["customer.dealer.contract"]
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for clause in self:
            texts = [clause.with_context(lang=code).body or "" for code in languages]
            contracts._check_clause_codes(clause.name, " ".join(texts))

    @api.model
    def _for(self, kind, company, lang):
        """Return the clauses that a contract of a kind takes over, in its language."""
        domain = [("kind", "=", kind), ("company_id", "in", [False, company.id])]
        return self.sudo().with_context(lang=lang).search(domain)


class CustomerDealerContract(models.Model):
    """Codes in clauses: each is answered by a method ``_clause_<code>`` of the contract."""

    _inherit = "customer.dealer.contract"

    @api.model
    def _check_clause_codes(self, name, text):
        """:raises ValidationError: when a text reads a code that no contract answers"""
        unknown = [code for code in placeholders(text) if not hasattr(type(self), f"_clause_{code}")]
        if unknown:
            raise ValidationError(
                self.env._(
                    "The clause “%(clause)s” reads %(codes)s, but a contract does not know that. Use one of: "
                    "%(known)s.",
                    clause=name,
                    codes=", ".join(f"[[{code}]]" for code in unknown),
                    known=", ".join(self._known_codes()),
                )
            )

    @api.model
    def _known_codes(self):
        """Return the codes that clauses may read."""
        return sorted(name[len("_clause_") :] for name in dir(type(self)) if name.startswith("_clause_"))
