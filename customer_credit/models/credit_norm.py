from odoo import api, fields, models

from .credit_ratio import LABELS


class CustomerCreditNorm(models.Model):
    """From where on a ratio is good, and from where on bad: for all trades or for one."""

    _name = "customer.credit.norm"
    _description = "Norm of a Ratio"
    _order = "sequence, industry_id, id"
    _rec_name = "code"

    code = fields.Selection(LABELS, string="Ratio", required=True)
    sequence = fields.Integer(default=10)
    industry_id = fields.Many2one(
        "res.partner.industry", string="Trade", index="btree_not_null", help="Empty: for all trades."
    )
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    good = fields.Float(string="Good From", digits=(16, 4))
    bad = fields.Float(
        string="Bad From", digits=(16, 4), help="Above the good bound when less is better, as with debts."
    )

    _one_a_trade = models.UniqueIndex(
        "(code, COALESCE(industry_id, 0), COALESCE(company_id, 0))",
        "There is already a norm of this ratio for this trade.",
    )
    _bounds_differ = models.Constraint(
        "CHECK(good <> bad)", "Good and bad need different bounds: between them it is normal."
    )

    @api.model
    def _norms(self, industries):
        """Return the norm that counts, the most special one: ``{(code, trade id, company id): norm}``.

        A norm of the company comes before one for all, a norm of the trade before one for all trades.
        """
        companies = self.env.companies | self.env.company
        domain = [
            ("industry_id", "in", [*industries.ids, False]),
            ("company_id", "in", [*companies.ids, False]),
        ]
        norms = (
            self.sudo().search(domain).sorted(lambda norm: (bool(norm.industry_id), bool(norm.company_id)))
        )
        found = {}
        for norm in norms:
            for trade in [norm.industry_id.id] if norm.industry_id else [*industries.ids, False]:
                for company in norm.company_id or companies:
                    found[norm.code, trade, company.id] = norm
        return found

    def _in_short(self):
        """Return both bounds in a few words."""
        self.ensure_one()
        ratios = self.env["customer.credit.ratio"]
        currency = (self.company_id or self.env.company).currency_id
        good, bad = (ratios._in_words(self.code, bound, currency) for bound in (self.good, self.bad))
        return f"≥ {good} · ≤ {bad}" if self.good > self.bad else f"≤ {good} · ≥ {bad}"
