"""What can go wrong in customer management, one class each, so that callers can tell them apart."""

from odoo.exceptions import AccessError, UserError, ValidationError


class UnknownMetricError(UserError):
    """A metric was asked for that no installed addon computes."""


class GradeCutError(ValidationError):
    """The cuts of a grading scheme are out of order or out of range."""


class GradeRunStateError(UserError):
    """A step was asked for that the grading run is not ready for."""


class GradeWriteError(UserError):
    """Somebody tried to set a customer's grade past the run or the change with a reason."""


class AssessmentFormulaError(ValidationError):
    """A formula of an assessment template is not arithmetic with the names that it may use."""


class AssessmentTemplateError(UserError):
    """A template cannot be used for what it was asked for."""


class AssessmentAnswerError(ValidationError):
    """An answer is none that the criterion allows."""


class AssessmentIncompleteError(UserError):
    """An assessment was to be finished that lacks answers, figures, evidence or coverage."""


class AssessmentStateError(UserError):
    """A step was asked for that the assessment is not ready for, or a finished one was to be changed."""


class AssessmentWriteError(AccessError):
    """Somebody tried to write what an assessment computes or copies itself."""
