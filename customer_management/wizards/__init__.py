from . import alert_answer, alert_report, grade_change, partner_merge
