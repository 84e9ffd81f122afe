{
    "name": "Customer Test",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "summary": "What somebody else's addon does with the engines of the suite",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "depends": ["customer_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/request_rules.xml",
        "data/test_data.xml",
        "data/request_views.xml",
        "data/form_data.xml",
        "data/alert_data.xml",
        "data/policy_data.xml",
    ],
}
