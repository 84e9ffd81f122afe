from . import complaint_end
from . import complaint_raise
from . import complaint_end, complaint_remedy_end, remedy_return
