"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.addons.customer_management.exceptions import StepError


class ComplaintStepError(StepError):
    """A step was asked for that the complaint is not ready for, or its stage was written past its steps."""


class SatisfactionStepError(StepError):
    """A step of a satisfaction wave was asked for that it is not ready for, or it was edited after it began."""
