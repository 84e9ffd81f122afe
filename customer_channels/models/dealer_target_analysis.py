from odoo import fields, models
from odoo.tools import SQL


class CustomerDealerTargetAnalysis(models.Model):
    """Targets beside what was attained, to be summed up by dealer, month, goods or salesperson."""

    _name = "customer.dealer.target.analysis"
    _description = "Target Attainment"
    _auto = False
    _order = "date_from desc, dealer_id, id"
    _rec_name = "dealer_id"

    target_id = fields.Many2one("customer.dealer.target", readonly=True)
    dealer_id = fields.Many2one("customer.dealer", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    type_id = fields.Many2one("customer.dealer.type", string="Dealer Type", readonly=True)
    area_id = fields.Many2one("customer.area", string="Main Area", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year"), ("other", "Other Period")],
        readonly=True,
    )
    basis = fields.Selection([("invoiced", "Invoiced"), ("collected", "Collected")], readonly=True)
    categ_id = fields.Many2one("product.category", string="Goods", readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    amount = fields.Monetary(string="Target Amount", readonly=True)
    expected = fields.Monetary(string="Expected by Today", readonly=True)
    attained = fields.Monetary(readonly=True)
    gap = fields.Monetary(string="Ahead of Today", readonly=True, help="Attained less expected by today.")
    attainment = fields.Float(
        readonly=True,
        aggregator="avg",
        help="What was attained as part of the target; of several, of their sum.",
    )

    @property
    def _table_query(self):
        self.env["customer.dealer.target"].flush_model()
        parts = [self._company_sql(company) for company in self.env.companies.root_id]
        return SQL(" UNION ALL ").join(parts)

    def _company_sql(self, company):
        """Return the targets of one company with what was attained of each."""
        targets = self.env["customer.dealer.target"].sudo()
        today = fields.Date.context_today(self)
        groups = targets._read_group([("company_id", "=", company.id)], [], ["date_from:min", "date_to:max"])
        first, last = groups[0]
        return SQL(
            """
            SELECT t.id, t.id AS target_id, t.dealer_id, t.partner_id, d.user_id, d.type_id, d.area_id, t.company_id,
                   c.currency_id, t.period, t.basis, t.categ_id, t.date_from, t.date_to, t.amount, a.attained,
                   e.expected, a.attained - e.expected AS gap, a.attained / t.amount AS attainment
              FROM (%(attained)s) a
              JOIN customer_dealer_target t ON t.id = a.target_id
              JOIN customer_dealer d ON d.id = t.dealer_id
              JOIN res_company c ON c.id = t.company_id
             CROSS JOIN LATERAL (SELECT t.amount
                   * LEAST(GREATEST(%(today)s::date - t.date_from + 1, 0), t.date_to - t.date_from + 1)
                   / (t.date_to - t.date_from + 1) AS expected) e
            """,
            attained=targets._attained_sql(company, first or today, last or today, SQL("TRUE")),
            today=today,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: of several targets, the attainment is that of their sum."""
        if aggregate_spec != "attainment:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "attained", query),
            self._field_to_sql(self._table, "amount", query),
        )
