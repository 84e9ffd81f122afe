from . import (
    credit_growth,
    credit_release,
    credit_security_release,
    credit_simulation,
    credit_simulation_line,
    dispute_settlement,
    partner_merge,
)
