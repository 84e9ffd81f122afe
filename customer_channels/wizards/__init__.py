from . import dealer_condition_step, dealer_contract_signing
from . import assessment_comparison
