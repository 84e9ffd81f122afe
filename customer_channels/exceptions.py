"""What can go wrong in channels, one class each, so that callers can tell them apart."""

from odoo.exceptions import UserError


class DealerWriteError(UserError):
    """Somebody tried to set by hand what only the steps of a dealer's life set."""


class DealerStateError(UserError):
    """A step was asked for that the dealer is not ready for."""


class ContractStateError(UserError):
    """A step was asked for that the contract is not ready for, or one was changed past its steps."""


class ApplicationError(UserError):
    """An application is not complete enough, or the applicant not suited to become a dealer."""


class CardSettledError(UserError):
    """Points that were settled are changed, or would be settled twice."""
