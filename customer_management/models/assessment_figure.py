from odoo import api, fields, models

from ..exceptions import AssessmentFormulaError
from ..tools import is_name

UNITS = [
    ("money", "Money"),
    ("ratio", "Ratio"),
    ("count", "Count"),
    ("days", "Days"),
    ("months", "Months"),
]


class CustomerAssessmentFigure(models.Model):
    """A number that formulas of a template need: typed by the assessor, or taken from a metric."""

    _name = "customer.assessment.figure"
    _description = "Assessment Figure"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Its name in formulas: small letters, digits and _.")
    unit = fields.Selection(UNITS, required=True, default="money")
    required = fields.Boolean(default=True, help="An assessment cannot be finished without it.")
    metric_id = fields.Many2one(
        "customer.metric", ondelete="restrict", help="Taken from there; leave empty to have it typed."
    )

    _code_unique = models.UniqueIndex(
        "(template_id, code)",
        "Two figures of a template have the same code: formulas could not tell them apart.",
    )

    @api.constrains("code", "template_id")
    def _check_code(self):
        for figure in self:
            if not is_name(figure.code) or figure.code.startswith("points_"):
                raise AssessmentFormulaError(
                    self.env._(
                        "“%(code)s” cannot be the code of a figure: begin with a small letter, use small letters, "
                        "digits and _ only, and no word that formulas use themselves.",
                        code=figure.code,
                    )
                )
        self.template_id._check_formulas()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        gone = {(figure.template_id, figure.code) for figure in self}
        self.template_id._check_formulas(without=gone)

    def _snapshot(self):
        """Return what an assessment keeps of the figure."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "code": self.code,
            "unit": self.unit,
            "required": self.required,
            "metric": self.metric_id.code or False,
        }
