from odoo import api, fields, models
from odoo.exceptions import ValidationError

# The six parts of the index (row D4 of the handbook; the model behind it is the American index, ACSI).
PARTS = [
    ("expectation", "Expectation"),
    ("quality", "Perceived Quality"),
    ("value", "Perceived Value"),
    ("satisfaction", "Satisfaction"),
    ("complaints", "Complaints"),
    ("loyalty", "Loyalty"),
]
# What the own index weighs; the weights are settings of the company. (domain 8.9)
AREAS = [
    ("product", "Products"),
    ("delivery", "Shipment"),
    ("service", "Service"),
    ("price", "Price and Value"),
    ("handling", "Complaint Handling"),
]
SCALED = ("scale", "simple_choice", "matrix")
LOW_RULES = [("company", "As in the Settings"), ("own", "Its Own Limit"), ("never", "Never")]


class SurveyQuestion(models.Model):
    """What an answer to a question says about satisfaction, and on which scale.

    A scale question has its scale; a choice and the columns of a matrix are read as a scale from the worst, which
    stands first, to the best.
    """

    _inherit = "survey.question"

    satisfaction_part = fields.Selection(PARTS, string="Part of the Index")
    satisfaction_area = fields.Selection(
        AREAS, string="Aspect", help="Which aspect of the company's own index it is about."
    )
    satisfaction_role = fields.Selection(
        [
            ("overall", "Overall"),
            ("expected", "Against What Was Expected"),
            ("ideal", "Against the Ideal"),
        ],
        string="Question of ACSI",
        help="One of the three questions from which the ACSI index is worked out.",
    )
    satisfaction_figure = fields.Selection(
        [("csat", "CSAT"), ("nps", "NPS")],
        string="Figure",
        help="CSAT: the share of the two best marks of five. NPS: 9 and 10 less 0 to 6, on a scale from 0 to 10.",
    )
    satisfaction_about = fields.Selection(
        [("own", "Us"), ("rival", "A Competitor"), ("name", "The Competitor's Name")],
        string="Is About",
        required=True,
        default="own",
        help="The same questions about a competitor are compared with ours.",
    )
    satisfaction_weight = fields.Float(
        string="Weight", default=1.0, help="Beside the other questions of the same part or aspect."
    )
    satisfaction_low_rule = fields.Selection(
        LOW_RULES,
        string="Low Answers",
        required=True,
        default="company",
        help="Whether a low answer to this question is taken up with the customer.",
    )
    satisfaction_low = fields.Float(
        string="Low Below", help="On the scale from 0 to 100; used when the question has its own limit."
    )
    satisfaction_is_asked = fields.Boolean(
        compute="_compute_satisfaction_is_asked",
        store=True,
        string="Counts",
        help="Whether answers to it count in a figure of satisfaction.",
    )

    _satisfaction_weight_positive = models.Constraint(
        "CHECK(satisfaction_weight >= 0 AND satisfaction_low BETWEEN 0 AND 100)",
        "The weight of a question is not negative, and its limit lies between 0 and 100.",
    )

    @api.depends("satisfaction_part", "satisfaction_area", "satisfaction_role", "satisfaction_figure")
    def _compute_satisfaction_is_asked(self):
        for question in self:
            question.satisfaction_is_asked = bool(
                question.satisfaction_part
                or question.satisfaction_area
                or question.satisfaction_role
                or question.satisfaction_figure
            )

    @api.constrains(
        "satisfaction_part",
        "satisfaction_area",
        "satisfaction_role",
        "satisfaction_figure",
        "question_type",
        "scale_min",
        "scale_max",
    )
    def _check_satisfaction_scale(self):
        for question in self.filtered("satisfaction_is_asked"):
            if question.question_type not in SCALED:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” cannot count for satisfaction: only answers on a scale, one choice or a "
                        "matrix do.",
                        question=question.title,
                    )
                )
            scale = (question.question_type, question.scale_min, question.scale_max)
            if question.satisfaction_figure == "nps" and scale != ("scale", 0, 10):
                raise ValidationError(
                    self.env._("“%s” is for the NPS: its scale goes from 0 to 10.", question.title)
                )
