from . import approval_refusal, grade_change, partner_merge
