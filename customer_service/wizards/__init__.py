from . import complaint_end, complaint_remedy_end, remedy_return
