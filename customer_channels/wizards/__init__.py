from . import assessment_comparison
