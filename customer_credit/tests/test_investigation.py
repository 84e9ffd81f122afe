from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_credit.exceptions import InvestigationStateError

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestInvestigation(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investigations = cls.env["customer.credit.investigation"]
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        cls.clerk = new_test_user(cls.env, "inquiry_clerk", "customer_credit.group_credit_user", **company)
        cls.seller = new_test_user(
            cls.env, "inquiry_seller", "customer_management.group_customer_user", **company
        )

    def _draft(self, **values):
        return self.investigations.with_user(self.clerk).create({"partner_id": self.anna.id, **values})

    def _done(self, **values):
        draft = self._draft(verdict="Fine", **values)
        draft.line_ids[0].mark = "good"
        draft.action_finish()
        return draft

    def test_a_new_one_starts_with_all_that_is_asked_and_what_our_books_say(self):
        self._pay(self._invoice(100, self.today, invoice_date_due=self.today), 60, self.today)
        draft = self._draft()
        items = self.env["customer.credit.inquiry.item"].search([("company_id", "=", False)])
        self.assertEqual(draft.line_ids.mapped("name"), items.mapped("name"))
        owed = draft.line_ids.filtered(lambda line: line.name == "Owes us")
        self.assertEqual((owed.source, owed.mark, owed.date), ("ledger", False, self.today))
        self.assertIn("40.00", owed.finding)
        unknown = draft.line_ids.filtered(lambda line: line.name == "Oldest overdue item")
        self.assertIn("–", unknown.finding)

    def test_it_needs_a_verdict_and_something_judged(self):
        draft = self._draft(advice="limit")
        with self.assertRaisesRegex(
            InvestigationStateError, "verdict is missing.*\n.*Nothing is judged.*\n.*limit is missing"
        ):
            draft.action_finish()

    def test_a_finished_one_is_not_changed_any_more(self):
        done = self._done()
        self.assertEqual((done.state, done.finished_by_id), ("done", self.clerk))
        for change in (
            lambda: done.write({"verdict": "Bad"}),
            lambda: done.write({"line_ids": [Command.update(done.line_ids[0].id, {"mark": "bad"})]}),
            lambda: done.write({"state": "draft"}),
            lambda: done.line_ids[0].write({"mark": "bad"}),
            lambda: done.line_ids.create({"investigation_id": done.id, "name": "More"}),
            lambda: done.line_ids[0].with_user(self.env.user).unlink(),
            lambda: done.with_user(self.env.user).unlink(),
        ):
            with self.assertRaises(InvestigationStateError), self.cr.savepoint():
                change()

    def test_nobody_finishes_it_by_writing(self):
        for values in ({"state": "done"}, {"finished_by_id": self.env.uid}, {"name": "X"}):
            with self.subTest(values), self.assertRaises(InvestigationStateError):
                self._draft(**values)
            with self.subTest(values), self.assertRaises(InvestigationStateError):
                self._draft().write(values)
        defaulted = self.investigations.with_user(self.clerk).with_context(
            default_state="done", default_finished_by_id=self.env.uid
        )
        self.assertEqual(defaulted.create({"partner_id": self.anna.id}).state, "draft")

    def test_good_ratings_hold_twelve_months_and_others_six(self):
        account = self._account()
        for rating, months in (("aaa", 12), ("a", 12), ("bbb", 6), ("d", 6), (None, 6)):
            with self.subTest(rating):
                account.sudo().rating_id = rating and self.env.ref(f"customer_credit.credit_rating_{rating}")
                done = self._done()
                self.assertEqual(done.valid_until, done.date + relativedelta(months=months))
                self.assertEqual(done.next_inquiry, done.valid_until)

    def test_a_new_one_replaces_the_one_before(self):
        first, second = self._done(), self._done()
        self.assertEqual((first.state, second.state), ("outdated", "done"))

    def test_it_runs_out_and_asks_for_the_next_one_once(self):
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        done = self._done(date=self.today - relativedelta(months=6))
        self.assertEqual(done.valid_until, self.today)
        self.investigations.sudo()._cron_outdate()
        self.assertEqual((done.state, done.activity_ids.user_id), ("done", self.clerk))
        done.activity_ids.action_done()
        self.investigations.sudo()._cron_outdate()
        self.assertFalse(done.activity_ids)
        done.sudo().valid_until = self.today - relativedelta(days=1)
        self.investigations.sudo()._cron_outdate()
        self.assertEqual(done.state, "outdated")

    def test_evidence_is_bound_to_its_line(self):
        draft = self._draft(verdict="Fine")
        paper = self.env["ir.attachment"].with_user(self.clerk).create({"name": "Register", "raw": b"x"})
        draft.line_ids[0].write({"mark": "good", "attachment_ids": [Command.link(paper.id)]})
        draft.action_finish()
        self.assertEqual((paper.res_model, paper.res_id), ("customer.credit.finding", draft.line_ids[0].id))

    def test_the_account_knows_the_last_one(self):
        account, done = self._account(), self._done()
        self._draft()
        account.invalidate_recordset()
        self.assertEqual((account.investigation_count, account.investigation_id.id), (2, done.id))

    def test_it_prints_as_a_card(self):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        html, _kind = report._render_qweb_html(
            "customer_credit.credit_investigation_report", self._done().ids
        )
        self.assertIn(b"Anna Ltd", html)
        self.assertIn(b"Owes us", html)

    def test_a_salesperson_without_credit_rights_sees_nothing(self):
        done = self._done()
        for records in (done, done.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.seller).read(["partner_id"])
        with self.assertRaises(AccessError):
            self.investigations.with_user(self.seller).create({"partner_id": self.anna.id})

    def test_companies_are_apart(self):
        done = self._done()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "inquiry_stranger",
            "customer_credit.group_credit_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            done.with_user(stranger).read(["verdict"])
        self.assertFalse(
            self.env["customer.credit.finding"]
            .with_user(stranger)
            .search([("partner_id", "=", self.anna.id)])
        )
        self.assertEqual(fields.Date.to_date(done.date), self.today)
