"""What can go wrong with receivables, one class each, so that callers can tell them apart."""

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.customer_management.exceptions import StepError


class AgingDateError(ValidationError):
    """An aging was asked for as of a day that is still to come."""


class AgingBucketError(ValidationError):
    """Buckets overlap, or their limits are not positive."""


class AgingCompanyError(AccessError):
    """An aging was asked for of a company that the user may not see."""


class AgingStateError(StepError):
    """A step needs a report that has been computed."""


class CreditHoldError(UserError):
    """An order, a delivery or an invoice does not pass the credit rules, and cannot be held on this road."""


class CreditGrowthError(CreditHoldError):
    """A confirmed order was to grow past the credit rules; the dialog leads to asking for a release.

    :param str message: which rules are not met, and what to do
    :param str action: the XML id of the action that asks for the release
    :param str button: what its button says
    :param dict defaults: its context: what the order was to become
    """

    # The web client shows it like the host's own errors with a way out, whose arguments these are.
    context = {"exception_class": "odoo.exceptions.RedirectWarning"}

    def __init__(self, message, action, button, defaults):
        super().__init__(message)
        self.args = (message, action, button, defaults)

    def __str__(self):
        return self.args[0]


class CreditRecordError(AccessError):
    """Somebody writes what only the checks record."""


class CreditReleaseError(UserError):
    """A hold cannot be released like this."""


class InvestigationStateError(StepError):
    """A finished credit investigation was to be changed, or an unfinished one used as if it were finished."""


class StandingWriteError(UserError):
    """Somebody tried to change the monthly figures of credit, which only the monthly job writes."""


class SecurityStateError(StepError):
    """A step of a security that its state, or what it lacks, does not allow."""


class DisputeAmountError(ValidationError):
    """A dispute is about more than is open on its invoice."""


class DisputeStateError(StepError):
    """A step of a dispute that its state does not allow, or a state that somebody writes by hand."""


class CreditInputError(ValidationError):
    """A figure for a limit method is none."""


class CreditWriteError(AccessError):
    """Somebody tried to write a rating, terms or a limit past the review or the request that grants it."""


class CreditRequestError(UserError):
    """A request for credit lacks something, or asks for more than the company allows."""


class CreditReviewError(UserError):
    """A review cannot be submitted yet, or was asked for something that its state does not allow."""
