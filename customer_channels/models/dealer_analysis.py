from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL


class CustomerDealerAnalysis(models.Model):
    """The sales of dealers by product in a period, beside the plan, last year and the margin. (form 5.25)

    Computed as often as wanted: what people typed (plan, cause, measure) stays.
    """

    _name = "customer.dealer.analysis"
    _description = "Dealer Sales Analysis"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, default=lambda self: self.env._("Dealer sales analysis"))
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    computed_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("customer.dealer.analysis.line", "analysis_id", string="Lines")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A period cannot end before it begins."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new one has its figures at once."""
        analyses = super().create(vals_list)
        analyses.action_compute()
        return analyses

    def action_compute(self):
        """Read the figures of today into the lines; two statements for each analysis."""
        self.check_access("write")
        lines = self.env["customer.dealer.analysis.line"].sudo()
        for analysis in self:
            self.env.flush_all()
            self.env.cr.execute(analysis._clear_sql())
            self.env.cr.execute(analysis._fill_sql())
            lines.invalidate_model()
            own = lines.search([("analysis_id", "=", analysis.id)])
            own.filtered("is_empty").unlink()
            own.exists()._recompute_effects()
        self.sudo().computed_on = fields.Datetime.now()

    def _clear_sql(self):
        """Return the statement that takes the old figures away, of what nobody bought any more too."""
        return SQL(
            """
            UPDATE customer_dealer_analysis_line
               SET quantity = 0, amount = 0, last_quantity = 0, last_amount = 0, margin = 0, has_margin = FALSE
             WHERE analysis_id = %s
            """,
            self.id,
        )

    def _fill_sql(self):
        """Return the statement that writes or renews the figures; typed columns are left alone."""
        last_from, last_to = (day - relativedelta(years=1) for day in (self.date_from, self.date_to))
        sales = self.env["customer.dealer.sales"]
        return SQL(
            """
            INSERT INTO customer_dealer_analysis_line (analysis_id, company_id, dealer_id, partner_id, user_id,
                   product_id, quantity, amount, last_quantity, last_amount, margin, has_margin,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(analysis)s, %(company)s, COALESCE(n.dealer_id, b.dealer_id), d.partner_id, d.user_id,
                   COALESCE(n.product_id, b.product_id), COALESCE(n.quantity, 0), COALESCE(n.amount, 0),
                   COALESCE(b.quantity, 0), COALESCE(b.amount, 0), COALESCE(n.margin, 0), n.margin IS NOT NULL,
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM (%(now)s) n
         FULL JOIN (%(before)s) b ON b.dealer_id = n.dealer_id AND b.product_id IS NOT DISTINCT FROM n.product_id
              JOIN customer_dealer d ON d.id = COALESCE(n.dealer_id, b.dealer_id)
       ON CONFLICT (analysis_id, dealer_id, COALESCE(product_id, 0)) DO UPDATE
               SET quantity = excluded.quantity, amount = excluded.amount, margin = excluded.margin,
                   has_margin = excluded.has_margin, last_quantity = excluded.last_quantity,
                   last_amount = excluded.last_amount, user_id = excluded.user_id
            """,
            analysis=self.id,
            company=self.company_id.id,
            uid=self.env.uid,
            now=self._sums_sql(sales._lines_sql(self.company_id, self.date_from, self.date_to)),
            before=self._sums_sql(sales._lines_sql(self.company_id, last_from, last_to)),
        )

    def _sums_sql(self, lines):
        """Return quantity, amount and margin by dealer and product.

        The margin is that of the lines whose order froze a cost (``sale_margin``); missing when none has.
        """
        return SQL(
            """
            SELECT s.dealer_id, s.product_id, SUM(s.quantity) AS quantity, SUM(s.amount) AS amount,
                   SUM(s.amount - s.quantity * cost.unit) AS margin
              FROM (%s) s
         LEFT JOIN LATERAL (
                SELECT AVG(o.purchase_price * COALESCE(pu.factor / NULLIF(ou.factor, 0), 1)
                           / COALESCE(NULLIF(so.currency_rate, 0), 1)) AS unit
                  FROM sale_order_line_invoice_rel r
                  JOIN sale_order_line o ON o.id = r.order_line_id AND o.is_downpayment IS NOT TRUE
                  JOIN sale_order so ON so.id = o.order_id
                  JOIN product_product p ON p.id = o.product_id
                  JOIN product_template t ON t.id = p.product_tmpl_id
             LEFT JOIN uom_uom pu ON pu.id = t.uom_id
             LEFT JOIN uom_uom ou ON ou.id = o.product_uom_id
                 WHERE r.invoice_line_id = s.line_id
              ) cost ON TRUE
             GROUP BY s.dealer_id, s.product_id
            """,
            lines,
        )

    def action_open_lines(self):
        """Show the lines of the analysis."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_channels.dealer_analysis_line_action")
        return {**action, "domain": [("analysis_id", "=", self.id)], "display_name": self.name}

    @api.model
    def _latest(self):
        """Return the action with the lines of the latest analysis that the user sees."""
        latest = self.search([("company_id", "in", self.env.companies.root_id.ids)], limit=1)
        action = self.env["ir.actions.actions"]._for_xml_id("customer_channels.dealer_analysis_line_action")
        return {**action, "domain": [("analysis_id", "=", latest.id)]}
