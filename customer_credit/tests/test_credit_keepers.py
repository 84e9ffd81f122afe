"""Who settles who decides about credit, and who takes its figures out of the house."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.customer_management.exceptions import ApprovalRightError

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestKeepers(CreditCase, HttpCase):
    def _rule(self, model, user):
        """Return values that name somebody as the one who decides."""
        return {
            "name": "Mine",
            "model_id": self.env["ir.model"]._get_id(model),
            "company_id": self.env.company.id,
            "user_ids": [Command.set(user.ids)],
        }

    def test_a_sales_manager_is_not_made_the_judge_of_holds(self):
        boss = self._user("keeper_sales", "customer_management.group_customer_manager")
        rules = self.env["customer.approval.rule"].with_user(boss)
        step = self.env["customer.approval.rule"].create(self._rule("customer.credit.hold", self.env.user))
        own = rules.create(self._rule("customer.grade.request", boss))
        for act in (
            lambda: rules.create(self._rule("customer.credit.hold", boss)),
            lambda: rules.create(self._rule("customer.credit.limit.request", boss)),
            lambda: step.with_user(boss).write({"user_ids": [Command.set(boss.ids)]}),
            lambda: step.with_user(boss).write({"active": False}),
            lambda: step.with_user(boss).unlink(),
            lambda: own.write({"model_id": step.model_id.id}),
        ):
            with self.assertRaises(ApprovalRightError), self.env.cr.savepoint():
                act()
        own.write({"days": 3})

    def test_a_manager_of_credit_keeps_the_steps_of_credit(self):
        keeper = self._user("keeper_credit", "customer_credit.group_credit_manager")
        rules = self.env["customer.approval.rule"].with_user(keeper)
        rules.create(self._rule("customer.credit.hold", keeper)).write({"days": 3})

    def test_who_may_not_export_downloads_no_sheet(self):
        user = self._user("keeper_reader", "customer_credit.group_credit_user")
        report = self.env["customer.aging.report"].with_user(user).create({})
        report.action_compute()
        self.authenticate("keeper_reader", "keeper_reader")
        export = self.env.ref("base.group_allow_export")
        for groups, status in ((Command.unlink(export.id), 403), (Command.link(export.id), 200)):
            user.group_ids = [groups]
            answer = self.url_open(f"/customer_credit/aging/{report.id}/xlsx")
            self.assertEqual(answer.status_code, status)
