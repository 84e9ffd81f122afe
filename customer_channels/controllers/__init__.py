from . import dealer_contract
from . import dealer_portal
