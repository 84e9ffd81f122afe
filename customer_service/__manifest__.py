{
    "name": "Customer Service",
    "version": "19.0.1.1.0",
    "category": "Sales/Customer Management",
    "summary": "Complaints, service requests, care and satisfaction",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "customer_credit",
        "hr",
        "rating",
        "repair",
        "survey",
    ],
    "data": [
        "security/customer_service_security.xml",
        "security/complaint_rules.xml",
        "security/ir.model.access.csv",
        "data/complaint_kind_data.xml",
        "data/complaint_data.xml",
        "data/complaint_cause_data.xml",
        "views/complaint_kind_views.xml",
        "views/complaint_cause_views.xml",
        "views/service_team_views.xml",
        "views/complaint_views.xml",
        "views/complaint_form_views.xml",
        "wizards/complaint_end_views.xml",
        "views/menus.xml",
        # After the settings that they read, of whatever part.
        "data/policy_service_data.xml",
        "data/policy_complaint_data.xml",
        "data/policy_penalty_data.xml",
        "data/form_service_policy_data.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "demo": [
        "demo/complaint_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "customer_service/static/src/**/*",
        ],
        "web.assets_tests": [
            "customer_service/static/tests/tours/**/*",
        ],
    },
}
