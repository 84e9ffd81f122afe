{
    "name": "Customer Channels",
    "version": "19.0.1.1.0",
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
        "security/dealer_rules.xml",
        "data/dealer_type_data.xml",
        "data/dealer_sequence_data.xml",
        "views/dealer_type_views.xml",
        "views/dealer_views.xml",
        "views/dealer_contract_views.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/dealer_demo.xml",
    ],
}
