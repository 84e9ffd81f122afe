"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.exceptions import ValidationError

from odoo.addons.customer_management.exceptions import StepError


class ComplaintStepError(StepError):
    """A step was asked for that the complaint is not ready for, or its stage was written past its steps."""


class ComplaintTooManyError(ValidationError):
    """More complaints came from one place within an hour than the company takes."""
