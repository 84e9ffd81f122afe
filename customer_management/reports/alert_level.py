from odoo import fields, models
from odoo.tools import SQL


class CustomerAlertLevel(models.Model):
    """How endangered each customer with alerts is: the points of those that count, added up.

    An alert counts while it is open or acknowledged. From the points set in the company's settings on, or
    with one alert that is danger by itself, the customer is in danger. (domain 2.5)
    """

    _name = "customer.alert.level"
    _description = "Alert Level"
    _auto = False
    _order = "danger desc, points desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    customer_grade_id = fields.Many2one("customer.grade", string="Grade", readonly=True)
    customer_grade_color = fields.Integer(related="customer_grade_id.color", string="Grade Color")
    level = fields.Selection(
        [("danger", "Danger"), ("warning", "Warning"), ("normal", "Normal")], readonly=True
    )
    points = fields.Integer(readonly=True)
    danger = fields.Boolean(string="Danger by Itself", readonly=True)
    alert_count = fields.Integer(string="Alerts", readonly=True)
    open_count = fields.Integer(string="Not Answered", readonly=True)
    first_seen = fields.Date(string="Since", readonly=True)
    signals = fields.Char(compute="_compute_signals", help="The alerts that count, heaviest first.")
    plan_count = fields.Integer(string="Plans", readonly=True, help="Plans that are drafted or running.")

    _depends = {
        "customer.alert": ["partner_id", "company_id", "state", "points", "danger", "first_seen"],
        "customer.plan": ["partner_id", "company_id", "state"],
        "res.partner": ["user_id", "customer_grade_id"],
        "res.company": ["customer_alert_warning", "customer_alert_danger"],
    }

    def _compute_signals(self):
        domain = [("partner_id", "in", self.partner_id.ids), ("state", "in", ("open", "acknowledged"))]
        alerts = self.env["customer.alert"].search(domain, order="danger desc, points desc, id")
        by_customer = alerts.grouped(lambda alert: (alert.partner_id, alert.company_id))
        for level in self:
            found = by_customer.get((level.partner_id, level.company_id), alerts.browse())
            level.signals = ", ".join(found.rule_id.mapped("name"))

    @property
    def _table_query(self):
        """Return a row for each company and customer with an alert that counts."""
        return SQL(
            """
            SELECT s.*, p.user_id, (p.customer_grade_id ->> s.company_id::text)::int AS customer_grade_id,
                   CASE WHEN s.danger OR s.points >= co.customer_alert_danger THEN 'danger'
                        WHEN s.points >= co.customer_alert_warning THEN 'warning'
                        ELSE 'normal' END AS level,
                   (SELECT COUNT(*) FROM customer_plan n
                     WHERE n.partner_id = s.partner_id AND n.company_id = s.company_id
                       AND n.state IN ('draft', 'running')) AS plan_count
              FROM (
                SELECT MIN(a.id) AS id, a.partner_id, a.company_id, SUM(a.points) AS points,
                       BOOL_OR(a.danger) AS danger, COUNT(*) AS alert_count,
                       COUNT(*) FILTER (WHERE a.state = 'open') AS open_count, MIN(a.first_seen) AS first_seen
                  FROM customer_alert a
                 WHERE a.state IN ('open', 'acknowledged')
                 GROUP BY a.partner_id, a.company_id
              ) s
              JOIN res_partner p ON p.id = s.partner_id
              JOIN res_company co ON co.id = s.company_id
            """
        )

    def action_open_alerts(self):
        """Show the alerts of the customer."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_open_customer_alerts()
