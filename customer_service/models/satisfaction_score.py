from odoo import fields, models
from odoo.tools import SQL

from .satisfaction_answer import ABOUT, DEPENDS
from .survey_question import AREAS, PARTS

TOTALS = [
    ("acsi", "Satisfaction Index (ACSI)"),
    ("index", "Own Index"),
    ("csat", "CSAT (%)"),
    ("nps", "Recommendation (NPS)"),
]
# What is measured, in the order in which it is shown.
MEASURES = [*PARTS, *AREAS, *TOTALS]
KINDS = [("part", "Part of the Index"), ("area", "Aspect"), ("total", "Index")]
# A group with fewer answers has no figure: it would say more about single people than about the group.
LEAST = 5
# Overall, against what was expected, against the ideal, as the American index has been published with.
PUBLIC = (0.3885, 0.3190, 0.2925)


class CustomerSatisfactionScore(models.Model):
    """What each answer says of each part, area and index: one row an answer, a measure and a brand.

    Within an answer the weights are normalised over what was answered; so each who answered is one voice, whether
    all questions were answered or not. The mean over the rows is the figure of a group. (domain 8.9)
    """

    _name = "customer.satisfaction.score"
    _description = "Satisfaction by Answer"
    _auto = False
    _order = "date desc, user_input_id desc, place, id"
    _rec_name = "measure"

    user_input_id = fields.Many2one("survey.user_input", string="Answer", readonly=True)
    answers = fields.Integer(readonly=True, aggregator="count_distinct")
    wave_id = fields.Many2one("customer.satisfaction.wave", readonly=True)
    round = fields.Char("Waves by Date", readonly=True)
    complaint_id = fields.Many2one("customer.complaint", string="About the Complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    survey_id = fields.Many2one("survey.survey", string="Questionnaire", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    grade_id = fields.Many2one("customer.grade", readonly=True)
    area_id = fields.Many2one("customer.area", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    date = fields.Datetime("Answered On", readonly=True)
    about = fields.Selection(ABOUT, readonly=True)
    competitor = fields.Char(readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    measure = fields.Selection(MEASURES, string="Figure", readonly=True)
    place = fields.Integer(readonly=True, aggregator=None)
    score = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="From 0 to 100, the NPS from -100 to 100. Empty for groups of fewer than five answers.",
    )

    _depends = {
        **DEPENDS,
        "customer.satisfaction.wave": ["name", "date_from"],
        "res.company": [
            "customer_satisfaction_product",
            "customer_satisfaction_delivery",
            "customer_satisfaction_service",
            "customer_satisfaction_price",
            "customer_satisfaction_handling",
            "customer_satisfaction_acsi",
        ],
    }

    @property
    def _table_query(self):
        """Return the scores of all answers, one statement for every measure."""
        mean = SQL("SUM(score * weight) / NULLIF(SUM(weight), 0)")
        parts = [
            self._measured(SQL("part"), "part", mean),
            self._measured(SQL("area"), "area", mean),
            self._measured(
                SQL("CASE WHEN role IS NOT NULL THEN 'acsi' END"),
                "total",
                SQL("SUM(score * acsi_weight) / NULLIF(SUM(acsi_weight), 0)"),
            ),
            self._index_sql(mean),
            self._measured(
                SQL("CASE figure WHEN 'csat' THEN 'csat' END"),
                "total",
                SQL("AVG(CASE WHEN score >= 75 THEN 100.0 ELSE 0 END)"),
            ),
            self._measured(
                SQL("CASE figure WHEN 'nps' THEN 'nps' END"),
                "total",
                SQL("AVG(CASE WHEN value >= 9 THEN 100.0 WHEN value <= 6 THEN -100 ELSE 0 END)"),
            ),
        ]
        places = SQL(", ").join(SQL("(%s, %s)", name, place) for place, (name, _label) in enumerate(MEASURES))
        return SQL(
            """
            WITH answer AS (%(answers)s)
            SELECT s.user_input_id::bigint * 100 + o.place * 2 + (s.about = 'rival')::int AS id,
                   o.place, s.*, s.user_input_id AS answers,
                   g.wave_id, g.complaint_id, g.company_id, g.survey_id, g.partner_id, g.commercial_partner_id,
                   g.grade_id, g.area_id, g.user_id, g.date, TO_CHAR(w.date_from, 'YYYY-MM ') || w.name AS round
              FROM (%(measures)s) s
              JOIN (VALUES %(places)s) o(measure, place) ON o.measure = s.measure
              JOIN (SELECT DISTINCT ON (user_input_id) * FROM answer ORDER BY user_input_id) g USING (user_input_id)
         LEFT JOIN customer_satisfaction_wave w ON w.id = g.wave_id
             WHERE s.score IS NOT NULL
            """,
            answers=self._answers_sql(),
            measures=SQL(" UNION ALL ").join(parts),
            places=places,
        )

    def _answers_sql(self):
        """Return the marks with the weights of the company."""
        weights = SQL(" ").join(
            SQL("WHEN %s THEN co.%s", name, SQL.identifier(f"customer_satisfaction_{name}"))
            for name, _label in AREAS
        )
        return SQL(
            """
            SELECT a.*, CASE a.area %(weights)s END AS area_weight,
                   CASE WHEN co.customer_satisfaction_acsi = 'equal' THEN 1.0
                        WHEN a.role = 'overall' THEN %(overall)s WHEN a.role = 'expected' THEN %(expected)s
                        WHEN a.role = 'ideal' THEN %(ideal)s END AS acsi_weight
              FROM (%(answers)s) a JOIN res_company co ON co.id = a.company_id
             WHERE a.has_score
            """,
            weights=weights,
            overall=PUBLIC[0],
            expected=PUBLIC[1],
            ideal=PUBLIC[2],
            answers=self.env["customer.satisfaction.answer"]._table_query,
        )

    def _measured(self, measure, kind, score):
        """Return the rows of a measure: what names it, and the aggregate that is its score."""
        return SQL(
            """
            SELECT user_input_id, about, MAX(competitor) AS competitor, %(kind)s AS kind, measure,
                   (%(score)s)::float8 AS score
              FROM (SELECT *, %(measure)s AS measure FROM answer) m
             WHERE measure IS NOT NULL GROUP BY user_input_id, about, measure
            """,
            kind=kind,
            measure=measure,
            score=score,
        )

    def _index_sql(self, mean):
        """Return the rows of the own index: areas by their weights, normalised over those that were answered.

        What is said about one complaint alone is no index of the whole.
        """
        return SQL(
            """
            SELECT user_input_id, about, MAX(competitor) AS competitor, 'total' AS kind, 'index' AS measure,
                   (SUM(score * area_weight) / NULLIF(SUM(area_weight), 0))::float8 AS score
              FROM (SELECT user_input_id, about, MAX(competitor) AS competitor, area,
                           MAX(area_weight) AS area_weight, %(mean)s AS score
                      FROM answer WHERE area IS NOT NULL AND complaint_id IS NULL
                     GROUP BY user_input_id, about, area) areas
             WHERE score IS NOT NULL GROUP BY user_input_id, about
            """,
            mean=mean,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: no mean of fewer than five answers, of different measures, or of us and others."""
        if aggregate_spec != "score:avg":
            return super()._read_group_select(aggregate_spec, query)
        names = ("score", "measure", "user_input_id", "about")
        score, measure, answer, about = (self._field_to_sql(self._table, name, query) for name in names)
        return SQL(
            "CASE WHEN COUNT(DISTINCT %s) >= %s AND COUNT(DISTINCT %s) = 1 AND COUNT(DISTINCT %s) = 1"
            " THEN AVG(%s) END",
            answer,
            LEAST,
            measure,
            about,
            score,
        )

    def _read_group_orderby(self, order, groupby_terms, query):
        """Override of `base`: measures come in the order of the index, not in that of their names."""
        if "measure" in groupby_terms:
            terms = [term.strip() for term in order.split(",")] if order else list(groupby_terms)
            order = ",".join(
                term.replace("measure", "place:min", 1) if term.split()[0] == "measure" else term
                for term in terms
            )
        return super()._read_group_orderby(order, groupby_terms, query)
