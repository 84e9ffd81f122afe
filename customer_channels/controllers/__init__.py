from . import dealer_contract
