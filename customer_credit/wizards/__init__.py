from . import credit_release
from . import credit_security_release, dispute_settlement
