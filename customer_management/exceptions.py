"""What can go wrong in customer management, one class each, so that callers can tell them apart."""

from odoo.exceptions import UserError, ValidationError


class UnknownMetricError(UserError):
    """A metric was asked for that no installed addon computes."""


class GradeCutError(ValidationError):
    """The cuts of a grading scheme are out of order or out of range."""


class GradeRunStateError(UserError):
    """A step was asked for that the grading run is not ready for."""


class GradeWriteError(UserError):
    """Somebody tried to set a customer's grade past the run or the change with a reason."""


class AlertRuleError(ValidationError):
    """An alert rule cannot work as it is set up."""


class AlertStateError(UserError):
    """A step was asked for that the alert is not ready for, or an alert was changed past its steps."""


class AlertBusyError(UserError):
    """The alerts of a company are being evaluated by somebody else at this moment."""


class PlanStateError(UserError):
    """A step was asked for that the plan is not ready for, or a plan was changed past its steps."""
