from . import grade_change
