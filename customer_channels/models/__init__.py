from . import (
    dealer_type,
    dealer,
    dealer_hooks,
    dealer_contract,
    dealer_territory,
    dealer_sales,
    res_partner,
)
