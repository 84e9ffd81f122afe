"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.exceptions import AccessError, UserError, ValidationError

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


class RemedyStepError(StepError):
    """A step was asked for that the remedy is not ready for, or what its steps write was written past them."""


class RemedyAmountError(UserError):
    """A remedy gives more money back than the invoice holds, or a credit note more than was approved."""


class RemedyQuantityError(UserError):
    """A remedy takes back more goods than were delivered and are not claimed or returned already."""


class RemedyDocumentError(UserError):
    """A document that a remedy names does not belong to its customer, or cannot be used for it."""


class ComplaintShareError(ValidationError):
    """Responsibility is shared among departments and persons by more than 100 %, or a penalty by the wrong ones."""


class ServiceLinkError(UserError):
    """What a document of the host belongs to in customer service was written by hand."""


class ServiceRequestError(StepError):
    """A step was asked for that the service request is not ready for, or signed work was changed."""


class TechnicianBusyError(ValidationError):
    """A technician would be at two places at the same time."""


class CareError(StepError):
    """Care was written past its steps, or was planned for somebody who declined it."""


class SatisfactionStepError(StepError):
    """A step of a satisfaction wave was asked for that it is not ready for, or it was edited after it began."""


class ComplaintTooManyError(ValidationError):
    """More complaints came from one place within an hour than the company takes."""


class ActionStepError(StepError):
    """A step was asked for that an action against complaints is not ready for, or what is done was changed."""


class SummaryStepError(StepError):
    """A closed summary of complaints was changed, or one is not complete enough to be closed."""


class SuggestionStepError(StepError):
    """A step was asked for that a suggestion of a customer is not ready for."""


class ComplaintFigureError(UserError):
    """A figure that is counted from complaints was written by hand."""
