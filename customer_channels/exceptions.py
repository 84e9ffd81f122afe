"""What can go wrong in channels, one class each, so that callers can tell them apart."""

from odoo.exceptions import UserError

from odoo.addons.customer_management.exceptions import StepError


class DealerWriteError(StepError):
    """Somebody tried to set by hand what only the steps of a dealer's life set."""


class DealerStateError(UserError):
    """A step was asked for that the dealer is not ready for."""


class ContractStateError(StepError):
    """A step was asked for that the contract is not ready for, or one was changed past its steps."""


class TerritoryOverlapError(UserError):
    """A territory is held by another dealer for some of the same goods and days."""


class DealerPriceError(UserError):
    """A dealer's prices were to go to somebody who has no contract in force for them."""


class ConditionStateError(StepError):
    """A condition cannot be extended or decided like that."""


class RebatePlanError(UserError):
    """A rebate plan that statements were made by would change, or it was asked for what it does not say."""


class RebateStateError(StepError):
    """A step of a rebate statement that its state does not allow, or what its steps write was written by hand."""


class RebateWriteError(UserError):
    """Somebody tried to write by hand what only the computation of rebates or their settlement writes."""


class RebateSettingError(UserError):
    """Rebates cannot be posted, for the company lacks an account, a journal or a product."""


class TargetSplitError(UserError):
    """A target cannot be split into parts."""


class DepositStateError(StepError):
    """A deposit is not ready to be posted, or one was changed past its steps."""


class ViolationStateError(StepError):
    """A step was asked for that the case is not ready for, or one was changed past its steps."""


class DealerFlagError(UserError):
    """An order or a delivery of a dealer is outside of what its contract allows, and is stopped."""


class StockReportError(StepError):
    """A stock report is not complete, or was changed after it was filed."""


class ExitStateError(StepError):
    """A step was asked for that the exit of a dealer is not ready for."""


class ApplicationError(StepError):
    """An application is not complete enough, or the applicant not suited to become a dealer."""


class CardSettledError(StepError):
    """Points that were settled are changed, or would be settled twice."""


class DealerPageError(UserError):
    """A dealer entered something in its portal that cannot be taken as it is."""


class DealConflictError(UserError):
    """The end customer of a deal is protected for somebody already."""


class DealStateError(StepError):
    """A step was asked for that the deal is not ready for, or one was written past its steps."""


class PromotionStateError(StepError):
    """A step was asked for that the promotion is not ready for, or one was written past its steps."""


class OrderWindowError(UserError):
    """A direct seller ordered outside the days and hours in which it may."""


class DealerReturnError(StepError):
    """A return of a direct seller's customer is not as it is agreed, or a step comes too early."""


class ContactStateError(StepError):
    """A contact record names somebody who does not belong to the dealer, or its activity was written by hand."""


class AnalysisWriteError(UserError):
    """Somebody typed a figure of a sales analysis that comes from the invoices."""
