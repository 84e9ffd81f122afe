from odoo import api, fields, models
from odoo.tools import SQL


class CustomerPlan(models.Model):
    """Figures of the customer beside its plan, worked out for a whole list at once."""

    _inherit = "customer.plan"

    alert_level = fields.Selection(related="partner_id.customer_alert_level", string="Alert Level")
    customer_grade_id = fields.Many2one(related="partner_id.customer_grade_id", string="Grade")
    customer_grade_color = fields.Integer(related="customer_grade_id.color", string="Grade Color")
    monthly_average = fields.Float(compute="_compute_figures", help="Revenue of the last 12 months by 12.")
    three_years = fields.Float(string="Revenue of 3 Years", compute="_compute_figures")
    growth = fields.Float(
        string="Trend", compute="_compute_figures", help="Revenue of 12 months against those before."
    )
    recency_days = fields.Float(string="Days Since the Last Purchase", compute="_compute_figures")
    tenure_months = fields.Float(string="Customer For (Months)", compute="_compute_figures")

    goal_text = fields.Char(string="Goal in Words", compute="_compute_texts")
    before_text = fields.Char(string="Value Before", compute="_compute_texts")
    after_text = fields.Char(string="Value After", compute="_compute_texts")
    effect_text = fields.Char(string="Measured Effect", compute="_compute_texts")

    @api.depends("metric_id", "company_id", "value_before", "value_after", "effect", "effect_rate")
    @api.depends("has_before", "has_after", "months", "goal_value")
    @api.depends_context("lang")
    def _compute_texts(self):
        """Show the values in the unit of the goal's figure."""
        for plan in self:
            metric = plan.metric_id
            plan.goal_text = plan._goal_words()
            plan.before_text = (
                metric and plan.has_before and metric._format_value(plan.value_before, plan.company_id)
            )
            plan.after_text = (
                metric and plan.has_after and metric._format_value(plan.value_after, plan.company_id)
            )
            plan.effect_text = (
                metric and plan.has_effect and metric._format_value(plan.effect, plan.company_id)
            )
            if plan.effect_text and plan.value_before:
                rate = metric._format_number(plan.effect_rate * 100)
                plan.effect_text = self.env._("%(effect)s (%(rate)s %%)", effect=plan.effect_text, rate=rate)

    def _goal_words(self):
        """Return the goal with its figure, as “Revenue of the last 6 months: 12,000”; nothing where none is set."""
        metric = self.metric_id
        # Nothing to earn is no goal; nothing to owe is one.
        if not metric or (not self.goal_value and metric.higher_is_better):
            return False
        return self.env._(
            "%(figure)s: %(value)s",
            figure=metric._period_label(self.months),
            value=metric._format_value(self.goal_value, self.company_id),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: a plan whose effect was not measured is none without effect."""
        if aggregate_spec not in ("effect:sum", "effect_rate:avg"):
            return super()._read_group_select(aggregate_spec, query)
        name, how = aggregate_spec.split(":")
        value, known = (self._field_to_sql(self._table, field, query) for field in (name, "has_effect"))
        return SQL("%s(%s) FILTER (WHERE %s)", SQL(how), value, known)

    @api.depends("partner_id", "company_id")
    def _compute_figures(self):
        today = fields.Date.context_today(self)
        codes = ["revenue", "growth", "recency_days", "tenure_months"]
        metrics = self.env["customer.metric"].sudo()
        for company, plans in self.grouped("company_id").items():
            partners = plans.partner_id.commercial_partner_id
            year = metrics._evaluate(codes, today, 12, company=company, partners=partners) if company else {}
            past = (
                metrics._evaluate(["revenue"], today, 36, company=company, partners=partners)
                if company
                else {}
            )
            for plan in plans:
                customer = plan.partner_id.commercial_partner_id.id
                found = {code: float(value or 0) for code, value in year.get(customer, {}).items()}
                plan.monthly_average = found.get("revenue", 0) / 12
                plan.three_years = past.get(customer, {}).get("revenue") or 0
                plan.growth = found.get("growth", 0)
                plan.recency_days = found.get("recency_days", 0)
                plan.tenure_months = found.get("tenure_months", 0)
