from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class CustomerMetric(models.Model):
    """Metrics for assessments: values, and places among all customers."""

    _inherit = "customer.metric"

    @api.model
    def _measure(self, wanted, date_to, months, company, partners):
        """Compute metrics of some customers; percentiles are those among all customers.

        :param wanted: pairs of a code and whether its percentile (0 to 100) is meant
        :return: ``{partner_id: {(code, percentile): value}}``; codes that no installed addon computes are missing
        """
        known = {code for code, _place in wanted if hasattr(type(self), f"_metric_{code}")}
        plain = [code for code, place in wanted if not place and code in known]
        ranked = sorted(code for code, place in wanted if place and code in known)
        values = self._evaluate(plain, date_to, months, company, partners)
        result = {
            partner: {(code, False): value for code, value in row.items()} for partner, row in values.items()
        }
        if ranked and partners:
            for partner, *places in self._places(ranked, date_to, months, company, partners):
                row = result.setdefault(partner, {})
                row.update({(code, True): place for code, place in zip(ranked, places, strict=True)})
        return result

    @api.model
    def _places(self, codes, date_to, months, company, partners):
        """Return rows of (partner_id, percentile of each code), in one statement over all customers."""
        self.env.flush_all()
        scope = self._scope(date_to, months, company)
        criterion = self.env["customer.assessment.criterion"]
        columns = [
            SQL("%s AS %s", criterion._percentile_sql(code), SQL.identifier(f"x{i}"))
            for i, code in enumerate(codes)
        ]
        return self.env.execute_query(
            SQL(
                "SELECT * FROM (SELECT partner_id, %s FROM (%s) metrics) placed WHERE partner_id = ANY(%s)",
                SQL(", ").join(columns),
                self._evaluate_sql(codes, scope),
                partners.ids,
            )
        )

    @api.model
    def _in_unit(self, value, unit, currency):
        """Return a value in words: as people read it in a sheet or a print.

        :param unit: one of the units of metrics, ``percentile``, or nothing for a plain number
        :param currency: of money
        """
        if unit == "money":
            return formatLang(self.env, value, currency_obj=currency)
        if unit == "ratio":
            return f"{formatLang(self.env, 100 * value, digits=1)} %"
        number = formatLang(self.env, value, digits=0 if value == round(value) else 2)
        words = {
            "days": self.env._("%s days", number),
            "months": self.env._("%s months", number),
            "percentile": self.env._("better than %s %%", number),
        }
        return words.get(unit, number)
