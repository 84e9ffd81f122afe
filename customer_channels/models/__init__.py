from . import dealer_type
from . import res_partner
