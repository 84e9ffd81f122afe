"""What the tests of service requests have in common: requests, visits and reports in few words."""

from datetime import timedelta

from odoo import fields

from .service_case import ServiceCase

# One black dot.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


class RequestCase(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seal = cls.env["product.product"].create({"name": "Seal", "type": "consu", "list_price": 5})

    @classmethod
    def _request(cls, user=None, **values):
        """Return a new service request, taken in by the agent."""
        values = {"partner_id": cls.anna.id, "fault": "It leaks", "product_id": cls.goods.id, **values}
        requests = cls.env["customer.service.request"].with_user(user or cls.agent)
        return requests.create(values).with_env(cls.env)

    @classmethod
    def _visit(cls, request, start, hours=2, user=None):
        begin = fields.Datetime.to_datetime(start)
        return cls.env["customer.service.visit"].create(
            {
                "request_id": request.id,
                "user_id": (user or cls.agent).id,
                "date_from": begin,
                "date_to": begin + timedelta(hours=hours),
            }
        )

    @classmethod
    def _done(cls, request):
        """Take a request to the report."""
        request.action_start()
        request.work_done = "Sealed"
        request.action_done()
        return request
