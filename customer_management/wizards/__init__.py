from . import assessment_cancel, assessment_comparison, grade_change, partner_merge
