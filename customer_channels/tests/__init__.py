from . import test_dealer
from . import test_dealer_type
from . import test_rebate
from . import test_rebate_accrual
from . import test_rebate_properties
from . import test_rebate_settlement
from . import test_dealer_type_access
from . import test_dealer_type_views
