from . import credit_security_release, dispute_settlement
