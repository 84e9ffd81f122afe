"""What can go wrong in channels, one class each, so that callers can tell them apart."""

from odoo.exceptions import UserError


class DealerWriteError(UserError):
    """Somebody tried to set by hand what only the steps of a dealer's life set."""


class DealerStateError(UserError):
    """A step was asked for that the dealer is not ready for."""


class ContractStateError(UserError):
    """A step was asked for that the contract is not ready for, or one was changed past its steps."""


class DealerPageError(UserError):
    """A dealer entered something in its portal that cannot be taken as it is."""


class DealConflictError(UserError):
    """The end customer of a deal is protected for somebody already."""


class DealStateError(UserError):
    """A step was asked for that the deal is not ready for, or one was written past its steps."""


class PromotionStateError(UserError):
    """A step was asked for that the promotion is not ready for, or one was written past its steps."""


class OrderWindowError(UserError):
    """A direct seller ordered outside the days and hours in which it may."""


class DealerReturnError(UserError):
    """A return of a direct seller's customer is not as it is agreed, or a step comes too early."""


class ContactStateError(UserError):
    """A contact record names somebody who does not belong to the dealer."""


class AnalysisWriteError(UserError):
    """Somebody typed a figure of a sales analysis that comes from the invoices."""
