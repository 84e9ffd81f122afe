from . import alert_answer, alert_report, approval_refusal, grade_change, partner_merge
