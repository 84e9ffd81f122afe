from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .satisfaction_score import LEAST


class CustomerSatisfactionScore(models.Model):
    """The index of a group of answers: the one place where it is worked out."""

    _inherit = "customer.satisfaction.score"

    @api.model
    def _index(self, domain, groupby=None, by_sales=False, date_to=None):
        """Return all figures of groups of answers, worked out in the database.

        Each who answered is one voice. By sales, each customer is one voice with the weight of its revenue of twelve
        months; customers without revenue and anonymous answers then have no weight. Fewer than five answers
        are few and have no score; without any answer there is no entry: missing is not zero. (domain 8.9)

        :param domain: on this model, such as of a wave
        :param str groupby: a field of this model, or ``category`` for the product categories that customers bought
        :param date_to: the last day of the revenue (default: today)
        :return: ``{group: {measure: {"score": from 0 to 100 or None, "count": answers, "few": bool}}}``; the group
            is False without ``groupby``
        """
        specs = ["measure", "commercial_partner_id"]
        if groupby and groupby != "category":
            specs.insert(0, groupby)
        rows = self._read_group(domain, specs, ["score:sum", "user_input_id:count_distinct"])
        voices = [(row[0] if len(specs) == 3 else False, *row[-4:]) for row in rows]
        day = date_to or fields.Date.context_today(self)
        customers = self.env["res.partner"].union(*(voice[2] for voice in voices))
        if groupby == "category":
            bought = self._categories(customers, day)
            voices = [(group, *voice[1:]) for voice in voices for group in bought.get(voice[2].id, ())]
        weights = self._sales(customers, day) if by_sales else None
        return self._weigh(voices, weights)

    @api.model
    def _weigh(self, voices, weights):
        """Return the figures of (group, measure, customer, sum of the scores, number of answers).

        :param weights: of the customers by their ids, None for one voice an answer
        """
        totals = defaultdict(lambda: [0.0, 0.0, 0])
        for group, measure, customer, score, count in voices:
            total = totals[group, measure]
            weight = count if weights is None else max(weights.get(customer.id) or 0.0, 0.0)
            total[0] += weight * score / count
            total[1] += weight
            total[2] += count
        result = defaultdict(dict)
        for (group, measure), (score, weight, count) in totals.items():
            few = count < LEAST
            known = weight and not few
            result[group][measure] = {
                "score": score / weight if known else None,
                "count": count,
                "few": few,
            }
        return dict(result)

    @api.model
    def _sales(self, customers, date_to):
        """Return the revenue of customers in the twelve months to a day."""
        values = self.env["customer.metric"].sudo()._evaluate(["revenue"], date_to, partners=customers)
        return {partner_id: float(row["revenue"] or 0) for partner_id, row in values.items()}

    @api.model
    def _categories(self, customers, date_to):
        """Return the product categories that each customer was invoiced in twelve months: ``{id: {category}}``."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.commercial_partner_id, t.categ_id
                  FROM account_move m
                  JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
                  JOIN product_product v ON v.id = l.product_id
                  JOIN product_template t ON t.id = v.product_tmpl_id
                  JOIN res_partner p ON p.id = m.partner_id
                 WHERE m.state = 'posted' AND m.move_type = 'out_invoice' AND m.company_id = ANY(%(companies)s)
                   AND m.invoice_date BETWEEN %(date_from)s AND %(date_to)s AND t.categ_id IS NOT NULL
                   AND p.commercial_partner_id = ANY(%(customers)s)
                """,
                companies=self.env.companies.ids,
                date_from=fields.Date.subtract(date_to, months=12),
                date_to=date_to,
                customers=customers.ids,
            )
        )
        bought = defaultdict(set)
        for customer_id, category_id in rows:
            bought[customer_id].add(self.env["product.category"].browse(category_id))
        return bought

    @api.model
    def _rivals(self, domain, measure="acsi"):
        """Return each competitor that was named with its score: ``[(name, result)]``, most often named first.

        Spellings that differ only in capital letters are one competitor.
        """
        domain = [*domain, ("about", "=", "rival"), ("measure", "=", measure), ("competitor", "!=", False)]
        rows = self._read_group(domain, ["competitor"], ["score:sum", "__count"])
        names = defaultdict(list)
        for name, score, count in rows:
            names[" ".join(name.casefold().split())].append((count, name, score))
        found = []
        for spellings in names.values():
            count = sum(row[0] for row in spellings)
            score = sum(row[2] for row in spellings) / count if count >= LEAST else None
            found.append((max(spellings)[1], {"score": score, "count": count, "few": count < LEAST}))
        return sorted(found, key=lambda row: (-row[1]["count"], row[0]))
