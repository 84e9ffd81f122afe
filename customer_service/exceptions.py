"""What can go wrong in customer service, one class each, so that callers can tell them apart."""

from odoo.exceptions import ValidationError

from odoo.addons.customer_management.exceptions import StepError


class ComplaintStepError(StepError):
    """A step was asked for that the complaint is not ready for, or its stage was written past its steps."""


class ServiceRequestError(StepError):
    """A step was asked for that the service request is not ready for, or signed work was changed."""


class TechnicianBusyError(ValidationError):
    """A technician would be at two places at the same time."""


class CareError(StepError):
    """Care was written past its steps, or was planned for somebody who declined it."""
