from . import alert_level, grade_movement
