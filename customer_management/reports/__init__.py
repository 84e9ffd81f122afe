from . import grade_movement
