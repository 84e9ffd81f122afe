from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import AssessmentFormulaError, AssessmentTemplateError
from ..tools import FormulaError, compile_formula, evaluate_formula

MOST_MONTHS = 120
# In the context while a template writes its parts one after the other and checks its formulas at the end.
# An object, because no caller from outside can send it.
CHECKED_BY_TEMPLATE = object()


class CustomerAssessmentTemplate(models.Model):
    """Weighted criteria that turn what is known of a customer into a score of 0 to 100 and a conclusion."""

    _name = "customer.assessment.template"
    _description = "Assessment Template"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Leave empty to use it in every company.")
    kind = fields.Selection(
        [
            ("customer", "Customer"),
            ("prospect", "Prospect"),
            ("key_account", "Key Account"),
            ("endangered", "Endangered Customer"),
            ("credit", "Credit"),
            ("dealer", "Dealer"),
            ("store", "Store"),
            ("service", "Service"),
            ("other", "Other"),
        ],
        required=True,
        default="customer",
    )
    subject = fields.Selection(
        [("partner", "Customer")], required=True, default="partner", help="What is assessed."
    )
    form_id = fields.Many2one(
        "customer.form",
        ondelete="set null",
        help="The form of the catalogue whose number stands on the printed sheets.",
    )
    introduction = fields.Text(translate=True, help="The assessor reads it first.")
    months = fields.Integer(
        string="Period (Months)",
        required=True,
        default=12,
        help="Metrics look back so far, unless the assessor says.",
    )
    section_ids = fields.One2many("customer.assessment.section", "template_id", copy=False)
    figure_ids = fields.One2many("customer.assessment.figure", "template_id", copy=False)
    criterion_ids = fields.One2many("customer.assessment.criterion", "template_id", copy=False)
    conclusion_ids = fields.One2many("customer.assessment.conclusion", "template_id", copy=False)
    assessment_ids = fields.One2many("customer.assessment", "template_id")
    assessment_count = fields.Integer(compute="_compute_assessment_count")
    weight_total = fields.Float(
        string="All Weights", compute="_compute_weight_total", help="The weights need not add up to 100."
    )
    total_rule = fields.Selection(
        [("share", "Part of All Points"), ("sum", "Sum of the Points")],
        string="Score",
        required=True,
        default="share",
        help="Part of all points: 100 means that everything was earned.\n"
        "Sum of the points: the weights earned are added up, to 100 at most; for warning signals, of which "
        "nobody shows all.",
    )
    limit_rule = fields.Selection(
        [("above", "To the class above (from 75 on)"), ("below", "To the class below (more than 75)")],
        string="A Score on a Limit Belongs",
        required=True,
        default="above",
    )
    coverage_min = fields.Float(
        string="Least Coverage (%)",
        help="A customer of whom less than this part of the weights is known gets no score.",
    )
    below_coverage = fields.Selection(
        [("refuse", "Refuse to Finish"), ("unrated", "Finish Without a Score")],
        string="Below the Least Coverage",
        required=True,
        default="refuse",
    )
    unrated_name = fields.Char(
        string="Conclusion Without a Score", translate=True, default=lambda self: self.env._("Not rated")
    )
    amount_formula = fields.Char(
        help="Proposes an amount in company currency, never below zero, from figures and criteria, e.g. a credit "
        "limit. points_CODE are the points of a criterion."
    )

    _coverage_range = models.Constraint(
        "CHECK(coverage_min >= 0 AND coverage_min <= 100)",
        "The least coverage is a percentage between 0 and 100.",
    )
    _months_range = models.Constraint(
        f"CHECK(months BETWEEN 1 AND {MOST_MONTHS})", "The period is between 1 and 120 months long."
    )

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for template in self:
            template.weight_total = sum(template.criterion_ids.mapped("weight"))

    @api.depends("assessment_ids")
    def _compute_assessment_count(self):
        found = self.env["customer.assessment"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count"]
        )
        counts = dict(found)
        for template in self:
            template.assessment_count = counts.get(template._origin, 0)

    @api.constrains("criterion_ids")
    def _check_criteria(self):
        for template in self:
            if template.criterion_ids and template.weight_total <= 0:
                raise ValidationError(
                    self.env._(
                        "The weights of “%(template)s” add up to zero: give at least one criterion a weight.",
                        template=template.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: formulas are checked when all parts are there, not after each."""
        later = self.with_context(assessment_formulas=CHECKED_BY_TEMPLATE)
        templates = super(CustomerAssessmentTemplate, later).create(vals_list).with_env(self.env)
        templates._check_formulas()
        return templates

    def write(self, vals):
        """Override of `base`: formulas are checked when all parts are written, not after each."""
        later = self.with_context(assessment_formulas=CHECKED_BY_TEMPLATE)
        done = super(CustomerAssessmentTemplate, later).write(vals)
        self._check_formulas()
        return done

    def _check_formulas(self, without=()):
        """See that every formula uses only names that are known at its place.

        :param without: (template, code) that are about to go
        :raises AssessmentFormulaError: naming the formula, and what is wrong with it
        """
        if self.env.context.get("assessment_formulas") is CHECKED_BY_TEMPLATE:
            return
        for template in self:
            names = {f.code for f in template.figure_ids if (template, f.code) not in without}
            for criterion in template._lines():
                if (template, criterion.code) in without:
                    continue
                if criterion.source == "formula":
                    template._check_formula(criterion.formula, names, criterion.name)
                if criterion.code:
                    if criterion.code in names:
                        template._refuse_formula("twice", criterion.code, criterion.name)
                    names |= {criterion.code, f"points_{criterion.code}"}
            if template.amount_formula:
                template._check_formula(template.amount_formula, names, self.env._("Amount Formula"))

    def _check_formula(self, text, names, place):
        """Refuse a formula that is none, or that can give no number."""
        try:
            used = compile_formula(text, names)
            trial = evaluate_formula(used, dict.fromkeys(names, 1.0))
        except FormulaError as error:
            self._refuse_formula(error.reason, error.piece, place)
        if trial is None and evaluate_formula(used, dict.fromkeys(names)) is None:
            self._refuse_constant(used, names, place)

    def _refuse_constant(self, text, names, place):
        """Refuse a formula without names that gives no number: it never will."""
        try:
            compile_formula(text, ())
        except FormulaError:
            return  # with other numbers than those tried it may well give one
        self._refuse_formula("number", text[:40], place)

    def _refuse_formula(self, reason, piece, place):
        """Raise what is wrong with a formula, and where."""
        reasons = {
            "syntax": self.env._("“%s” is not a formula.", piece),
            "part": self.env._("“%s” is not allowed: only arithmetic with numbers and codes is.", piece),
            "name": self.env._(
                "“%s” is not known there: use the codes of figures and of criteria before it.", piece
            ),
            "number": self.env._("“%s” does not give a number.", piece),
            "twice": self.env._("the code “%s” is used twice.", piece),
        }
        raise AssessmentFormulaError(
            self.env._(
                "%(place)s of “%(template)s”: %(reason)s",
                place=place,
                template=self.name,
                reason=reasons[reason],
            )
        )

    def _check_graded(self):
        """Refuse criteria that grading cannot compute, while a grading scheme uses the template."""
        schemes = self.env["customer.grade.scheme"].sudo().with_context(active_test=False)
        used = schemes.search([("template_id", "in", self.ids), ("method", "=", "score")])
        used.template_id._ensure_graded()

    def _ensure_graded(self):
        """Raise unless all criteria are metrics, so that all customers can be scored at once.

        :raises AssessmentTemplateError: naming the criteria that are not
        """
        for template in self:
            others = template.criterion_ids.filtered(lambda criterion: criterion.source != "metric")
            if others:
                raise AssessmentTemplateError(
                    self.env._(
                        "Grading computes the score of all customers at once, so “%(template)s” may have metrics "
                        "only: %(others)s must be answered for each customer. Use another template for grading.",
                        template=template.name,
                        others=", ".join(others.mapped("name")),
                    )
                )

    def _ensure_usable(self):
        """Raise unless an assessment can be made with it.

        :raises AssessmentTemplateError: when it asks nothing, or a choice has no options
        """
        self.ensure_one()
        if not self.criterion_ids:
            raise AssessmentTemplateError(
                self.env._("“%s” has no criteria yet: add some before it is used.", self.name)
            )
        empty = self.criterion_ids.filtered(lambda c: c._is_choice() and not c.band_ids)
        if empty:
            raise AssessmentTemplateError(
                self.env._("“%s” is a choice without options: add bands with a label.", empty[0].name)
            )

    def action_scale_weights(self):
        """Scale the weights of each section to its intended share of 100; sections without one keep theirs."""
        for section in self.section_ids:
            total = sum(section.criterion_ids.mapped("weight"))
            if section.intended_share and total:
                for criterion in section.criterion_ids:
                    criterion.weight = criterion.weight * section.intended_share / total

    def action_open_assessments(self):
        """Show the assessments that were made with the template."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.assessment_action")
        return {
            **action,
            "domain": [("template_id", "=", self.id)],
            "context": {"default_template_id": self.id},
        }
