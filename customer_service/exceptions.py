"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.exceptions import UserError

from odoo.addons.customer_management.exceptions import StepError


class ComplaintStepError(StepError):
    """A step was asked for that the complaint is not ready for, or its stage was written past its steps."""


class ActionStepError(StepError):
    """A step was asked for that an action against complaints is not ready for, or what is done was changed."""


class SummaryStepError(StepError):
    """A closed summary of complaints was changed, or one is not complete enough to be closed."""


class SuggestionStepError(StepError):
    """A step was asked for that a suggestion of a customer is not ready for."""


class ComplaintFigureError(UserError):
    """A figure that is counted from complaints was written by hand."""
