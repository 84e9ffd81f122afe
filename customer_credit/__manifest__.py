{
    "name": "Customer Credit",
    "version": "19.0.1.1.0",
    "category": "Sales/Customer Management",
    "summary": "Receivables by age on the built-in ledger, payment behaviour of customers",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "customer_management",
        "sale_stock",
    ],
    "data": [
        "security/customer_credit_security.xml",
        "security/customer_credit_rules.xml",
        "security/ir.model.access.csv",
        "data/metric_data.xml",
        "data/aging_bucket_data.xml",
        "views/aging_bucket_set_views.xml",
        "views/aging_line_views.xml",
        "views/aging_report_views.xml",
        "data/form_data.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "customer_credit/static/tests/tours/**/*",
        ],
    },
}
