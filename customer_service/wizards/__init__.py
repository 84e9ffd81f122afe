from . import complaint_end
from . import partner_merge_care
from . import service_ask
from . import service_sign
