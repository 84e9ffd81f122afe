from . import satisfaction_survey
