"""Who may age receivables, and whose: as each role and by the calls of a browser."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..exceptions import AgingStateError
from .common import AgingCase

MODELS = (
    "customer.aging.report",
    "customer.aging.line",
    "customer.aging.partner",
    "customer.aging.check",
    "customer.aging.report.bucket",
    "customer.aging.item",
)
READERS = {
    "billing": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "credit": "customer_credit.group_credit_user",
    "controller": "customer_credit.group_credit_controller",
}


@tagged("post_install", "-at_install")
class TestAgingAccess(AgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.setup_other_company()["company"]
        cls._invoice(100, "2024-02-01")
        cls._invoice(70, "2024-02-01", cls.boris, company=cls.there)
        cls.report = cls._report("2024-03-01", company_ids=cls.company.ids)
        cls.both = cls._report("2024-03-01")
        cls.salesman = cls._create_user("salesman", "sales_team.group_sale_salesman")
        cls.stranger = cls._create_user("stranger", READERS["billing"], cls.there)

    @classmethod
    def _create_user(cls, login, groups, *companies):
        company, *others = companies or (cls.company,)
        ids = [company.id, *(other.id for other in others)]
        return new_test_user(
            cls.env, f"aging_{login}", groups=groups, company_id=company.id, company_ids=[(6, 0, ids)]
        )

    def _call(self, user, model, method, *args, **kwargs):
        """Call a method as a browser of that user does."""
        return call_kw(self.env(user=user, context={})[model], method, list(args), kwargs)

    def test_readers_can_compute_and_see_their_figures(self):
        for login, groups in READERS.items():
            with self.subTest(login=login):
                user = self._create_user(login, groups)
                values = {"date_to": "2024-03-01", "company_ids": [(6, 0, self.company.ids)]}
                report = self._call(user, "customer.aging.report", "create", [values])
                self._call(user, "customer.aging.report", "action_compute", report)
                names = ["total", "ledger_balance", "difference", "is_equal", "line_count", "name"]
                figures = self._call(user, "customer.aging.report", "read", report, names)[0]
                self.assertEqual(
                    (figures["total"], figures["difference"], figures["line_count"]), (100, 0, 1)
                )
                names = {
                    name: {"fields": {"display_name": {}}}
                    for name in (
                        "partner_id",
                        "move_line_id",
                        "move_id",
                        "account_id",
                        "bucket_id",
                        "user_id",
                    )
                }
                lines = self._call(
                    user,
                    "customer.aging.line",
                    "web_search_read",
                    [("report_id", "=", report[0])],
                    {"amount_residual": {}, "days": {}, "move_name": {}, **names},
                )
                self.assertEqual(lines["records"][0]["partner_id"]["display_name"], "Anna Ltd")
                self.env(user=user)["customer.aging.report"].browse(report)._render_xlsx()

    def test_a_salesperson_reads_no_report_and_no_line(self):
        for model in MODELS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._call(self.salesman, model, "search_read", [])
        with self.assertRaises(AccessError):
            self._call(self.salesman, "customer.aging.report", "read", self.report.ids, ["total"])
        with self.assertRaises(AccessError):
            self._call(
                self.salesman, "customer.aging.line", "read", self.report.line_ids.ids, ["amount_residual"]
            )
        with self.assertRaises(AccessError):
            self._call(self.salesman, "customer.aging.report", "create", [{"date_to": "2024-03-01"}])

    def test_a_salesperson_does_not_see_the_bar_of_a_customer(self):
        for name in ("customer_aging_chart", "customer_overdue"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._call(self.salesman, "res.partner", "read", self.anna.ids, [name])
        with self.assertRaises(AccessError):
            self._call(self.salesman, "res.partner", "action_open_customer_aging", self.anna.ids)

    def test_a_user_of_another_company_sees_nothing(self):
        for model in MODELS[:-1]:
            found = (
                self._call(self.stranger, model, "search_read", [("report_id", "=", self.report.id)])
                if (model != "customer.aging.report")
                else self._call(self.stranger, model, "search_read", [])
            )
            with self.subTest(model=model):
                self.assertEqual(found, [])
        with self.assertRaises(AccessError):
            self._call(self.stranger, "customer.aging.report", "read", self.report.ids, ["total"])
        with self.assertRaises(AccessError):
            self._call(
                self.stranger, "customer.aging.line", "read", self.report.line_ids.ids, ["amount_residual"]
            )
        with self.assertRaises(AccessError):
            self.report.with_user(self.stranger)._render_xlsx()

    def test_a_user_of_another_company_cannot_ask_for_ours(self):
        reports = "customer.aging.report"
        ours = {"company_ids": [(6, 0, self.company.ids)]}
        with self.assertRaises(AccessError):
            self._call(self.stranger, reports, "create", [ours])
        own = self._call(self.stranger, reports, "create", [{"date_to": "2024-03-01"}])
        with self.assertRaises(AccessError):
            self._call(self.stranger, reports, "write", own, ours)
        with self.assertRaises(AccessError):
            self._call(self.stranger, reports, "create", [{"company_id": self.company.id}])

    def test_whoever_lost_a_company_cannot_compute_it_again(self):
        user = self._create_user("leaver", READERS["billing"], self.company, self.there)
        report = self._report_as(user, company_ids=(self.company + self.there).ids)
        self.assertEqual(report.line_count, 2)
        user.write({"company_id": self.there.id, "company_ids": [(6, 0, self.there.ids)]})
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._call(user, "customer.aging.report", "action_compute", report.ids)

    def test_of_a_report_of_two_companies_a_user_of_one_sees_own_lines_at_most(self):
        with self.assertRaises(AccessError):
            self._call(self.stranger, "customer.aging.report", "read", self.both.ids, ["total"])
        lines = self.env(user=self.stranger)["customer.aging.line"].search([("report_id", "=", self.both.id)])
        self.assertEqual(lines.company_id, self.there)
        self.assertEqual(len(self.both.line_ids), 2)

    def test_everybody_changes_only_own_reports(self):
        billing = self._create_user("billing_one", READERS["billing"])
        other = self._create_user("billing_two", READERS["billing"])
        report = self._report_as(billing)
        self.assertEqual(
            self._call(other, "customer.aging.report", "read", report.ids, ["total"])[0]["total"], 100
        )
        for method, *args in (
            ("write", {"date_to": "2024-02-01"}),
            ("unlink",),
            ("action_compute",),
            ("action_keep",),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(other, "customer.aging.report", method, report.ids, *args)
        controller = self._create_user("controller_one", READERS["controller"])
        self._call(controller, "customer.aging.report", "action_keep", report.ids)

    def _report_as(self, user, **values):
        reports = self.env(user=user, context={})["customer.aging.report"]
        report = reports.create({"date_to": "2024-03-01", "bucket_set_id": self.buckets.id, **values})
        report.action_compute()
        return report

    def test_figures_cannot_be_written_by_hand(self):
        billing = self._create_user("billing_three", READERS["billing"])
        report = self._report_as(billing)
        for values in ({"is_kept": True}, {"state": "computed"}, {"computed_on": "2024-03-01 00:00:00"}):
            with self.subTest(values=values):
                with self.assertRaisesRegex(AgingStateError, "changes by its steps, not by editing"):
                    self._call(billing, "customer.aging.report", "write", report.ids, values)
                with self.assertRaisesRegex(AgingStateError, "changes by its steps, not by editing"):
                    self._call(
                        billing, "customer.aging.report", "create", [{"date_to": "2024-03-01", **values}]
                    )
        for model in MODELS[1:]:
            with self.subTest(model=model):
                record = self.env[model].sudo().search([("report_id", "=", report.id)], limit=1)
                with self.assertRaises(AccessError):
                    self._call(billing, model, "write", record.ids, {"report_id": self.report.id})
                with self.assertRaises(AccessError):
                    self._call(billing, model, "unlink", record.ids)

    def test_what_fills_a_report_is_not_callable_from_outside(self):
        for model, method in (
            ("customer.aging.report", "_fill"),
            ("customer.aging.report", "_forget"),
            ("customer.aging.item", "_fill"),
            ("customer.aging.item", "_delete_of"),
            ("customer.aging.check", "_fill"),
        ):
            with self.subTest(model=model, method=method), self.assertRaises(AccessError):
                self._call(self.env.user, model, method, self.report.ids)
