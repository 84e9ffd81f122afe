"""What the tests of approvals have in common: a document of somebody else's addon, and its people."""

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT
from odoo.addons.customer_management.tests.common import MANAGER, USER, CustomerCase


class ApprovalCase(CustomerCase):
    """Ann asks, Bob and Cem decide, Dee stands in, Eve has nothing to do with it, Max manages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("ann", "bob", "cem", "dee", "eve")
        cls.ann, cls.bob, cls.cem, cls.dee, cls.eve = (cls._make_user(name, USER) for name in names)
        cls.max = cls._make_user("max", MANAGER)
        cls.model = cls.env["ir.model"]._get("customer.test.request")

    @classmethod
    def _make_portal_user(cls):
        return new_test_user(
            cls.env,
            "cm_portal",
            "base.group_portal",
            context=DISABLED_MAIL_CONTEXT,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _make_rule(cls, *users, **values):
        """Return a rule by which these persons decide the test requests of the company."""
        rule = {"name": "Boss", "model_id": cls.model.id, "company_id": cls.company.id}
        people = [Command.set([user.id for user in users])]
        return cls.env["customer.approval.rule"].create({**rule, "user_ids": people, **values})

    @classmethod
    def _make_request(cls, user=None, **values):
        """Return a draft that a person, Ann unless said otherwise, has made."""
        requests = cls.env["customer.test.request"].with_user(user or cls.ann)
        return requests.create({"name": "Printer", "amount": 500, "partner_id": False, **values})

    @classmethod
    def _submit(cls, user=None, **values):
        request = cls._make_request(user, **values)
        request.action_submit()
        return request

    @classmethod
    def _delegate(cls, user, delegate, date_from="2000-01-01", date_to="2999-12-31", **values):
        values = {"delegate_id": delegate.id, "date_from": date_from, "date_to": date_to, **values}
        return cls.env["customer.approval.delegation"].with_user(user).create(values)

    def rows(self, request):
        """Return the steps of a request in their order, with the rights of the system."""
        return self.env["customer.approval"]._of(request.sudo())

    def states(self, request):
        return self.rows(request).mapped("state")

    def refuse(self, request, user, reason="Too dear"):
        """Refuse as a person does, by the wizard."""
        context = request.with_user(user).action_refuse()["context"]
        wizard = self.env["customer.approval.refusal"].with_user(user).with_context(**context)
        wizard.create({"reason": reason}).action_refuse()
