{
    "name": "Customer Service",
    "version": "19.0.1.0.0",
    "category": "Sales/Customer Management",
    "summary": "Complaints, service requests, care and satisfaction",
    "author": "Customer Management Suite",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "customer_credit",
        "rating",
        "survey",
    ],
    "data": [
        "security/customer_service_security.xml",
        "security/ir.model.access.csv",
        "data/complaint_kind_data.xml",
        "views/complaint_kind_views.xml",
        "views/menus.xml",
    ],
}
