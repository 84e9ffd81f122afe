from . import test_dealer
from . import test_dealer_contact
from . import test_dealer_deal
from . import test_dealer_figures
from . import test_dealer_portal
from . import test_dealer_type
from . import test_dealer_type_access
from . import test_dealer_type_views
