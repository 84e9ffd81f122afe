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


class FormFilterError(UserError):
    """A form was asked to show what its model does not have, or in a way that it cannot be shown."""


class FormTooLargeError(UserError):
    """A form has more rows or columns than what it is printed on takes."""


class FormOpenError(UserError):
    """A form cannot be opened or printed in the way it was asked for."""
