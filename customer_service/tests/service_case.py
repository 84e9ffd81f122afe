"""What the tests of customer service have in common: complaints, agents and departments in few words."""

from odoo.fields import Command

from odoo.addons.customer_credit.tests.credit_case import CreditCase


class ServiceCase(CreditCase):
    """A company with two customers, Anna Ltd and Boris, a service team and its people.

    The tests run as somebody who sells, invoices and manages service; ``cls.agent`` takes in complaints,
    ``cls.boss`` decides on them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("customer_service.group_service_manager")
        cls.agent = cls._user("service_agent", "customer_service.group_service_user")
        cls.boss = cls._user("service_boss", "customer_service.group_service_manager")
        cls.kind = cls.env["customer.complaint.kind"].create({"name": "Leaks", "code": "test_leaks"})
        cls.cause = cls.env["customer.complaint.cause"].create({"name": "Bad seal", "code": "test_seal"})
        cls.team = cls.env["customer.service.team"].create(
            {"name": "Testers", "kind_ids": [Command.set(cls.kind.ids)], "user_id": cls.boss.id}
        )
        cls.quality = cls.env["hr.department"].sudo().create({"name": "Test Quality"})

    @classmethod
    def _complaint(cls, partner=None, user=None, **values):
        """Return a new complaint, taken in by the agent."""
        values = {
            "partner_id": (partner or cls.anna).id,
            "summary": "The kettle leaks",
            "kind_id": cls.kind.id,
            **values,
        }
        complaints = cls.env["customer.complaint"].with_user(user or cls.agent)
        return complaints.create(values).with_env(cls.env)

    @classmethod
    def _found(cls, complaint, justified="yes"):
        """Fill in what was found out about a complaint."""
        complaint.write({"finding": "<p>Seen</p>", "is_justified": justified, "cause_id": cls.cause.id})

    @classmethod
    def _agreed(cls, complaint):
        """Agree on a remedy with the customer, an apology, where nothing was proposed."""
        if not complaint.remedy_ids._live():
            cls._remedy(complaint, {"kind": "apology"}).action_accept()

    @classmethod
    def _remedy(cls, complaint, *lines, user=None, submit=True):
        """Return a proposal of the agent with these lines, approved where nobody has to be asked."""
        remedies = cls.env["customer.complaint.remedy"].with_user(user or cls.agent)
        remedy = remedies.create(
            {"complaint_id": complaint.id, "line_ids": [Command.create(line) for line in lines]}
        )
        if submit:
            remedy.action_submit()
        return remedy.with_env(cls.env)

    @classmethod
    def _take(cls, complaint, stage):
        """Take a complaint to a stage by its steps."""
        steps = {
            "listen": complaint.action_acknowledge,
            "confirm": complaint.action_confirm,
            "assess": complaint.action_assess,
            "agree": complaint.action_agree,
            "carry_out": complaint.action_carried_out,
            "follow_up": complaint.action_close,
        }
        while complaint.stage != stage:
            if complaint.stage == "assess":
                cls._found(complaint)
            if complaint.stage == "agree":
                cls._agreed(complaint)
            if complaint.stage == "carry_out":
                complaint.action_carry_out_remedies()
            if complaint.stage == "follow_up":
                cls._prevented(complaint)
            steps[complaint.stage]()
        return complaint

    @classmethod
    def _prevented(cls, complaint):
        """Plan what prevents the next one, where the complaint is not closed without."""
        if complaint.needs_action:
            complaint.action_ids.create({"name": "Another seal", "complaint_id": complaint.id})
