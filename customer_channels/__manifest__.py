{
    "name": "Customer Channels",
    "version": "19.0.1.0.0",
    "category": "Sales/Customer Management",
    "summary": "Dealers: contracts, territory, targets and rebates",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "customer_credit",
    ],
    "data": [
        "security/customer_channels_security.xml",
        "security/ir.model.access.csv",
        "data/dealer_type_data.xml",
        "views/dealer_type_views.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/res_partner_demo.xml",
    ],
}
