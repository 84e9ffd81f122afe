from . import dealer_portal
