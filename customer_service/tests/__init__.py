from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_complaint_goods
from . import test_complaint_desk
from . import test_complaint_papers
from . import test_complaint_tours
from . import test_complaint_remedy, test_complaint_credit, test_complaint_room
from . import test_complaint_cost, test_complaint_penalty
