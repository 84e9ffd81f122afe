from . import (
    alert_answer,
    alert_report,
    approval_refusal,
    assessment_cancel,
    assessment_comparison,
    grade_change,
    partner_merge,
)
