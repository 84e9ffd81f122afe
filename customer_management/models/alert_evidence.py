from odoo import api, models
from odoo.tools import format_date


class CustomerAlert(models.Model):
    """The evidence of an alert in words, from the rule and the numbers, in the language of who reads it."""

    _inherit = "customer.alert"

    @api.depends("figures", "report", "reported_by_id", "company_id")
    @api.depends_context("lang")
    def _compute_evidence(self):
        codes = {
            figure[side]
            for alert in self
            for figure in alert.figures or ()
            for side in ("metric", "right")
            if side in figure
        }
        metrics = (
            self.env["customer.metric"].with_context(active_test=False).search([("code", "in", list(codes))])
        )
        by_code = {metric.code: metric for metric in metrics}
        for alert in self:
            if alert.is_manual:
                alert.evidence = alert._report_text()
                continue
            known = [
                f
                for f in alert.figures or ()
                if f["metric"] in by_code and f.get("right", f["metric"]) in by_code
            ]
            alert.evidence = "\n".join(alert._figure_text(figure, by_code) for figure in known)

    def _report_text(self):
        if not self.report:
            return False
        return self.env._(
            "%(evidence)s (%(person)s, %(day)s)",
            evidence=self.report,
            person=self.reported_by_id.sudo().name,
            day=format_date(self.env, self.last_seen),
        )

    def _figure_text(self, figure, metrics):
        """Return one comparison with its numbers, as “Revenue of the last 3 months: 12, less than ...”."""
        metric = metrics[figure["metric"]]
        return self.env._(
            "%(figure)s: %(value)s, %(comparison)s",
            figure=metric._period_label(figure["months"], figure["offset"]),
            value=metric._format_value(figure.get("value"), self.company_id),
            comparison=self._comparison_text(figure, metrics, numbers=True),
        )

    @api.model
    def _condition_text(self, spec):
        """Return a condition in words, without numbers of a customer."""
        codes = {spec["metric"], spec.get("right", spec["metric"])}
        metrics = (
            self.env["customer.metric"].with_context(active_test=False).search([("code", "in", list(codes))])
        )
        by_code = {metric.code: metric for metric in metrics}
        return self.env._(
            "%(figure)s %(comparison)s",
            figure=by_code[spec["metric"]]._period_label(spec["months"], spec["offset"]),
            comparison=self._comparison_text(spec, by_code),
        )

    def _comparison_text(self, figure, metrics, numbers=False):
        """Return the right-hand side in words: more than a limit, less than half of the same months before."""
        limit = multiple = None
        if "constant" in figure:
            company = self.company_id or self.env.company
            limit = metrics[figure["metric"]]._format_value(figure["constant"], company)
        if "right" in figure:
            multiple = self._multiple_text(figure, metrics, numbers)
        bound = limit or multiple
        if limit and multiple:
            # More than the greater of two is more than both; more than the lesser, more than one of them.
            both = (figure["compare"] == "greater") == (figure["operator"] in ("gt", "ge"))
            values = {"limit": limit, "multiple": multiple}
            if both:
                bound = self.env._("both %(limit)s and %(multiple)s", **values)
            else:
                bound = self.env._("either %(limit)s or %(multiple)s", **values)
        words = {
            "gt": self.env._("more than %s", bound),
            "ge": self.env._("at least %s", bound),
            "lt": self.env._("less than %s", bound),
            "le": self.env._("at most %s", bound),
        }
        return words[figure["operator"]]

    def _multiple_text(self, figure, metrics, numbers):
        """Return “50 % of the same months a year ago (61,000)”, or with another figure its name."""
        metric = metrics[figure["right"]]
        same = figure["right"] == figure["metric"] and figure["right_months"] == figure["months"]
        if same and figure["right_offset"] - figure["offset"] == 12:
            other = self.env._("the same months a year before")
        elif same:
            other = self.env._(
                "the same period %s before", metric._months_label(figure["right_offset"] - figure["offset"])
            )
        else:
            other = metric._period_label(figure["right_months"], figure["right_offset"])
        if numbers:
            value = metric._format_value(figure.get("right_value"), self.company_id)
            other = self.env._("%(figure)s (%(value)s)", figure=other, value=value)
        if figure["factor"] == 1:
            return other
        factor = metric._format_number(figure["factor"])
        if figure["factor"] < 1:
            percent = metric._format_number(figure["factor"] * 100)
            return self.env._("%(percent)s %% of %(figure)s", percent=percent, figure=other)
        return self.env._("%(factor)s × %(figure)s", factor=factor, figure=other)
