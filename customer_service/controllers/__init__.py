from . import complaint_portal
from . import complaint_web
