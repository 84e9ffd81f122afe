from . import test_dealer
from . import test_dealer_type
from . import test_dealer_type_access
from . import test_dealer_type_views
from . import test_dealer_application
