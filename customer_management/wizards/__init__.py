from . import grade_change, partner_merge
