from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import GradeRunStateError
from .common import CustomerCase

# What each customer bought in 2023 and in 2024, and before, and how it moved.
STORY = {
    "newcomer": (0, 50, 0, "new"),
    "returned": (0, 60, 10, "won_back"),
    "lost": (90, 0, 0, "lost"),
    "riser": (20, 900, 0, "up"),
    "faller": (800, 30, 0, "down"),
    "steady": (200, 210, 0, "kept"),
    "silent": (0, 0, 10, "none"),
    "returner": (30, -5, 0, "lost"),
}


@tagged("post_install", "-at_install")
class TestMovements(CustomerCase):
    """Who came, went, rose and fell between two runs, and with how much."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.customers = {name: cls._make_customer(name) for name in STORY}
        values = [
            cls._invoice_values(cls.customers[name], amount, day)
            for name, (before, now, ever, _movement) in STORY.items()
            for amount, day in ((ever, "2022-05-05"), (before, "2023-05-05"), (now, "2024-05-05"))
            if amount
        ]
        cls.env["account.move"].create(values).action_post()
        cls.scheme = cls._make_scheme(70, 90)
        cls.earlier = cls.scheme.with_user(cls.manager).action_run("2023-12-31")
        cls.earlier.action_apply()
        cls.later = cls.scheme.with_user(cls.manager).action_run("2024-12-31")

    def _movements(self, run=None):
        run = run or self.later
        return self.env["customer.grade.movement"].with_user(self.manager).search([("run_id", "=", run.id)])

    def test_each_customer_moved_in_one_way(self):
        self.assertEqual(self.later.previous_run_id, self.earlier)
        found = {row.partner_id.name: row.movement for row in self._movements()}
        self.assertEqual(found, {name: story[3] for name, story in STORY.items()})

    def test_the_movements_bridge_the_totals_of_the_two_runs(self):
        rows = self._movements()
        before, change, now = (sum(rows.mapped(name)) for name in ("value_before", "change", "value"))
        self.assertEqual((before, now), (1140, 1245))
        self.assertEqual(before + change, now)
        for row in rows:
            self.assertEqual(row.value_before + row.change, row.value)

    def test_movements_can_be_added_up_by_kind(self):
        groups = (
            self.env["customer.grade.movement"]
            .with_user(self.manager)
            ._read_group([("run_id", "=", self.later.id)], ["movement"], ["change:sum", "__count"])
        )
        sums = {movement: (change, count) for movement, change, count in groups}
        self.assertEqual(sums["lost"], (-90 - 35, 2))
        self.assertEqual(sums["new"], (50, 1))
        self.assertEqual(sum(change for change, _count in sums.values()), 1245 - 1140)

    def test_a_customer_that_is_graded_no_longer_is_lost_with_all_it_bought(self):
        self._make_customer("unrelated")
        scheme = self._make_scheme(70, 90, domain=repr([("id", "!=", self.customers["steady"].id)]))
        run = scheme.with_user(self.manager).action_run("2024-12-31")
        self.assertFalse(run.previous_run_id)
        run.previous_run_id = self.earlier
        row = self._movements(run).filtered(lambda row: row.partner_id == self.customers["steady"])
        self.assertEqual((row.movement, row.value_before, row.value, row.change), ("lost", 200, 0, -200))
        self.assertEqual(len(self._movements(run)), len(STORY) + 1)

    def test_who_bought_from_a_branch_long_ago_is_won_back_and_not_new(self):
        branch = self._make_company("Lantern Suzhou", parent_id=self.company.id)
        self._invoice(self.customers["newcomer"], 10, "2021-05-05", company=branch)
        self.assertEqual(self._movement("newcomer"), "won_back")

    def test_who_took_over_an_old_customer_is_won_back_and_not_new(self):
        old = self._make_customer("old")
        self._invoice(old, 10, "2021-05-05")
        old.write({"is_company": False, "parent_id": self.customers["newcomer"].id})
        self.assertEqual(self._movement("newcomer"), "won_back")

    def _movement(self, name):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._movements().filtered(lambda row: row.partner_id.name == name).movement

    def test_movements_need_a_run_to_compare_with(self):
        with self.assertRaisesRegex(GradeRunStateError, "Compare With"):
            self.earlier.action_open_movements()
        self.assertEqual(self.later.action_open_movements()["domain"], [("run_id", "=", self.later.id)])
        self.assertFalse(self._movements(self.earlier))

    def test_a_run_is_compared_with_the_last_one_applied_before_its_day(self):
        between = self.scheme.action_run("2024-06-30")
        self.assertEqual(between.previous_run_id, self.earlier)
        between.action_apply()
        self.assertEqual(self.scheme.action_run("2024-12-31").previous_run_id, between)
        self.later.date_to = "2023-06-30"
        self.later.action_compute()
        self.assertFalse(self.later.previous_run_id)

    def test_runs_of_other_companies_are_no_runs_to_compare_with(self):
        other = self._make_company("Sister Company", books=False)
        theirs = self._make_scheme(70, 90, company_id=other.id).action_run("2023-12-31")
        with self.assertRaises(UserError):
            self.later.previous_run_id = theirs.id
