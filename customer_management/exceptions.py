"""What can go wrong in customer management, one class each, so that callers can tell them apart."""

from odoo.exceptions import AccessError, UserError, ValidationError


class StepError(UserError):
    """A step was asked for that the document is not ready for, or its state was written past its steps."""


class UnknownMetricError(UserError):
    """A metric was asked for that no installed addon computes."""


class GradeCutError(ValidationError):
    """The cuts of a grading scheme are out of order or out of range."""


class GradeRunStateError(StepError):
    """A step was asked for that the grading run is not ready for."""


class GradeWriteError(UserError):
    """Somebody tried to set a customer's grade past the run or the change with a reason."""


class PolicyVersionError(UserError):
    """A version of a policy was asked for something that its state or its dates do not allow."""


class UnknownTileError(UserError):
    """The documents of a tile were asked for that the panel of a customer does not have."""


class ApprovalStateError(UserError):
    """A step of an approval was asked for that its state does not allow."""


class ApprovalRightError(AccessError):
    """Somebody tried to decide, or to write what only deciding writes, without being asked."""


class ApprovalLockError(UserError):
    """Somebody tried to change or delete what is being approved or was approved."""


class ApprovalRuleError(ValidationError):
    """A rule or a delegation of approvals is wrong, or leaves a step without anybody to decide it."""


class ApprovalBusyError(UserError):
    """Somebody else is deciding the same documents at this moment."""


class AlertRuleError(ValidationError):
    """An alert rule cannot work as it is set up."""


class AlertStateError(StepError):
    """A step was asked for that the alert is not ready for, or an alert was changed past its steps."""


class AlertBusyError(UserError):
    """The alerts of a company are being evaluated by somebody else at this moment."""


class PlanStateError(StepError):
    """A step was asked for that the plan is not ready for, or a plan was changed past its steps."""


class AssessmentFormulaError(ValidationError):
    """A formula of an assessment template is not arithmetic with the names that it may use."""


class AssessmentTemplateError(UserError):
    """A template cannot be used for what it was asked for."""


class AssessmentAnswerError(ValidationError):
    """An answer is none that the criterion allows."""


class AssessmentIncompleteError(UserError):
    """An assessment was to be finished that lacks answers, figures, evidence or coverage."""


class AssessmentStateError(UserError):
    """A step was asked for that the assessment is not ready for, or a finished one was to be changed."""


class AssessmentWriteError(AccessError):
    """Somebody tried to write what an assessment computes or copies itself."""


class FormFilterError(UserError):
    """A form was asked to show what its model does not have, or in a way that it cannot be shown."""


class FormTooLargeError(UserError):
    """A form has more rows or columns than what it is printed on takes."""


class FormOpenError(UserError):
    """A form cannot be opened or printed in the way it was asked for."""
