{
    "name": "Customer Management",
    "version": "19.0.1.0.0",
    "category": "Sales/Customer Management",
    "summary": "Grade customers on the company's own orders and ledger",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "account",
        "crm",
        "sale_crm",
        "sale_management",
        "sale_margin",
    ],
    "data": [
        "security/customer_management_security.xml",
        "security/customer_management_rules.xml",
        "security/ir.model.access.csv",
        "data/metric_data.xml",
        "data/grade_scheme_data.xml",
        "views/metric_views.xml",
        "views/assessment_template_views.xml",
        "views/grade_scheme_views.xml",
        "views/grade_run_views.xml",
        "views/grade_result_views.xml",
        "views/grade_change_views.xml",
        "views/res_partner_views.xml",
        "views/known_partner_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/company_demo.xml",
        "demo/story_demo.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_backend": [
            "customer_management/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "customer_management/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "customer_management/static/tests/tours/**/*",
        ],
    },
}
