from . import aging_line, aging_partner
