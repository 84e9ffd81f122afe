"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.exceptions import AccessError, ValidationError

from odoo.addons.customer_management.exceptions import StepError


class ComplaintStepError(StepError):
    """A step was asked for that the complaint is not ready for, or its stage was written past its steps."""


class ComplaintDocumentError(ValidationError):
    """An order, a delivery, an invoice, goods or an earlier complaint belongs to somebody else."""


class ComplaintQuantityError(ValidationError):
    """More is complained about than the customer got."""


class ComplaintAuthorityError(AccessError):
    """The step is for somebody else."""


class OpinionError(StepError):
    """An opinion was answered without a word, by nobody who was asked, or changed after it was given."""
