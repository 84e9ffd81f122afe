from . import complaint_kind
