from odoo import api, fields, models
from odoo.tools import SQL

from .survey_question import AREAS, PARTS

# What the answers are read from.
DEPENDS = {
    "survey.user_input": [
        "state",
        "test_entry",
        "survey_id",
        "partner_id",
        "end_datetime",
        "satisfaction_wave_id",
        "satisfaction_company_id",
        "satisfaction_grade_id",
        "satisfaction_area_id",
        "satisfaction_complaint_id",
    ],
    "survey.user_input.line": [
        "user_input_id",
        "question_id",
        "skipped",
        "answer_type",
        "value_scale",
        "value_char_box",
        "value_text_box",
        "suggested_answer_id",
    ],
    "survey.question": [
        "question_type",
        "sequence",
        "scale_min",
        "scale_max",
        "satisfaction_is_asked",
        "satisfaction_part",
        "satisfaction_area",
        "satisfaction_role",
        "satisfaction_figure",
        "satisfaction_about",
        "satisfaction_weight",
    ],
    "survey.question.answer": ["question_id", "sequence"],
    "res.partner": ["commercial_partner_id", "user_id"],
}
ABOUT = [("own", "Us"), ("rival", "Competitors")]


class CustomerSatisfactionAnswer(models.Model):
    """The answers to the questions that count, one by one, each on the scale from 0 to 100.

    Score: (mark - lowest) / (highest - lowest) x 100, so that the mean of the scores of a question is
    (mean - 1) / (k - 1) x 100. What was not answered is no row: missing is not zero. (domain 8.9)
    """

    _name = "customer.satisfaction.answer"
    _description = "Answer About Satisfaction"
    _auto = False
    _order = "date desc, user_input_id desc, sequence, id"
    _rec_name = "question_id"

    user_input_id = fields.Many2one("survey.user_input", string="Answer", readonly=True)
    wave_id = fields.Many2one("customer.satisfaction.wave", readonly=True)
    complaint_id = fields.Many2one("customer.complaint", string="About the Complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    survey_id = fields.Many2one("survey.survey", string="Questionnaire", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    sequence = fields.Integer(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    grade_id = fields.Many2one("customer.grade", readonly=True)
    area_id = fields.Many2one("customer.area", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    date = fields.Datetime("Answered On", readonly=True)
    about = fields.Selection(ABOUT, readonly=True)
    competitor = fields.Char(readonly=True)
    part = fields.Selection(PARTS, readonly=True)
    area = fields.Selection(AREAS, string="Aspect", readonly=True)
    role = fields.Char(readonly=True)
    figure = fields.Char(readonly=True)
    value = fields.Integer("Mark", readonly=True, aggregator=None)
    scale_low = fields.Integer("Lowest Mark", readonly=True, aggregator=None)
    scale_high = fields.Integer("Highest Mark", readonly=True, aggregator=None)
    score = fields.Float(readonly=True, digits=(16, 1), aggregator="avg", help="From 0 to 100.")
    has_score = fields.Boolean(readonly=True)
    weight = fields.Float(readonly=True, aggregator=None)
    words = fields.Text("In Words", readonly=True)

    _depends = DEPENDS

    @property
    def _table_query(self):
        """Return the marks and the words of all finished answers that an invitation of ours made."""
        mark = SQL("CASE q.question_type WHEN 'scale' THEN l.value_scale ELSE place.mark END")
        low = SQL("CASE q.question_type WHEN 'scale' THEN q.scale_min ELSE 1 END")
        high = SQL("CASE q.question_type WHEN 'scale' THEN q.scale_max ELSE place.marks END")
        return SQL(
            """
            SELECT l.id, i.id AS user_input_id, i.satisfaction_wave_id AS wave_id,
                   i.satisfaction_complaint_id AS complaint_id, i.satisfaction_company_id AS company_id,
                   i.survey_id, l.question_id, q.sequence, i.partner_id, p.commercial_partner_id,
                   i.satisfaction_grade_id AS grade_id, i.satisfaction_area_id AS area_id, c.user_id,
                   i.end_datetime AS date, q.satisfaction_about AS about,
                   CASE WHEN q.satisfaction_about = 'rival' THEN rival.name END AS competitor,
                   q.satisfaction_part AS part, q.satisfaction_area AS area, q.satisfaction_role AS role,
                   q.satisfaction_figure AS figure, m.mark AS value, m.low AS scale_low, m.high AS scale_high,
                   100.0 * (m.mark - m.low) / NULLIF(m.high - m.low, 0) AS score,
                   m.mark IS NOT NULL AND m.high > m.low AS has_score,
                   q.satisfaction_weight AS weight, l.value_text_box AS words
              FROM survey_user_input i
              JOIN survey_user_input_line l ON l.user_input_id = i.id
              JOIN survey_question q ON q.id = l.question_id
         LEFT JOIN res_partner p ON p.id = i.partner_id
         LEFT JOIN res_partner c ON c.id = p.commercial_partner_id
         LEFT JOIN LATERAL (
                SELECT COUNT(*) AS marks,
                       COUNT(*) FILTER (WHERE (a.sequence, a.id) <= (chosen.sequence, chosen.id)) AS mark
                  FROM survey_question_answer chosen
                  JOIN survey_question_answer a ON a.question_id = chosen.question_id
                 WHERE chosen.id = l.suggested_answer_id) place ON l.suggested_answer_id IS NOT NULL
         LEFT JOIN LATERAL (
                SELECT NULLIF(TRIM(n.value_char_box), '') AS name
                  FROM survey_user_input_line n JOIN survey_question nq ON nq.id = n.question_id
                 WHERE n.user_input_id = i.id AND nq.satisfaction_about = 'name' AND NOT n.skipped
                 LIMIT 1) rival ON q.satisfaction_about = 'rival'
        CROSS JOIN LATERAL (
                SELECT CASE WHEN q.satisfaction_is_asked THEN %(mark)s END AS mark, %(low)s AS low, %(high)s AS high) m
             WHERE i.state = 'done' AND i.test_entry IS NOT TRUE AND i.satisfaction_company_id IS NOT NULL
               AND l.skipped IS NOT TRUE AND q.satisfaction_about IN ('own', 'rival')
               AND (m.mark IS NOT NULL OR l.value_text_box IS NOT NULL)
            """,
            mark=mark,
            low=low,
            high=high,
        )

    @api.model
    def _low(self, answers):
        """Return the low marks about us of finished answers: ``{answer id: marks}``. As the system."""
        domain = [("user_input_id", "in", answers.ids), ("has_score", "=", True), ("about", "=", "own")]
        marks = self.search(domain, order="user_input_id, sequence, id").filtered(lambda mark: mark._is_low())
        return marks.grouped(lambda mark: mark.user_input_id.id)

    def _is_low(self):
        """Return whether a mark is below the limit of its question, or below that of the company."""
        self.ensure_one()
        question = self.question_id
        if question.satisfaction_low_rule == "never":
            return False
        own = question.satisfaction_low_rule == "own"
        limit = question.satisfaction_low if own else self.company_id.customer_satisfaction_low
        return self.score < limit

    def action_open_customer(self):
        """Open the customer who answered."""
        self.ensure_one()
        return self.commercial_partner_id.get_formview_action()
