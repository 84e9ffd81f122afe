from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError

from ..exceptions import CreditReviewError
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewApproved(ReviewCase):
    """What an approved review brings, and that it stays as it is."""

    def _approved(self, account, score=75, **values):
        values = {"amount": 800, "amount_reason": "Agreed", **values}
        return self._approve(self._review(account, score, **values))

    def test_the_account_gets_rating_limit_terms_and_the_next_review(self):
        account, term = self._account(limit=500), self._create_term((100, 30))
        review = self._approved(account, payment_term_id=term.id)
        self.assertEqual((account.rating_id.name, account._limits()[account]), ("A", 800))
        self.assertEqual(account.payment_term_id, term)
        self.assertEqual(account.next_review, self.today + relativedelta(months=6))
        self.assertEqual(account.limit_ids.filtered("is_in_force").approved_by_id, self.boss)
        change = account.change_ids
        self.assertEqual((change.old_rating_id.name, change.new_rating_id.name), (False, "A"))
        self.assertEqual((change.old_limit, change.new_limit, change.limit_change), (500, 800, 300))
        self.assertEqual((change.approved_by_id, change.review_id), (self.boss, review))

    def test_each_change_of_a_rating_is_one_row(self):
        account = self._account()
        for score in (75, 75, 55, 95):
            self._approved(account, score)
        changes = account.change_ids.sorted("id")
        self.assertEqual(changes.mapped("new_rating_id.name"), ["A", "BB", "AAA"])
        self.assertEqual(changes.mapped("direction"), ["first", "down", "up"])
        account.sudo().rating_id = self.ratings["D"]
        self.assertEqual(account.change_ids.sorted("id")[-1:].trigger, "correction")

    def test_history_is_not_rewritten(self):
        account = self._account()
        self._approved(account)
        for record in (account.change_ids.sudo(), account.change_ids.with_user(self.boss)):
            with self._refused(AccessError):
                record.write({"reason": "Nothing happened"})
            with self._refused(AccessError):
                record.unlink()
        with self._refused(AccessError):
            account.change_ids.with_user(self.boss).create({"account_id": account.id})

    def test_a_review_may_keep_end_or_forbid_credit(self):
        account = self._account(limit=500)
        self._approved(account, limit_choice="keep")
        self.assertEqual(account._limits()[account], 500)
        self._approved(account, limit_choice="cash")
        self.assertEqual(account._limits()[account], 0)
        self._approved(account, limit_choice="none")
        self.assertIsNone(account._limits()[account])

    def test_a_rating_without_credit_has_no_limit(self):
        review = self._review(self._account(), 25, amount=100, amount_reason="He is my friend")
        with self._refused(CreditReviewError, "is given no credit"):
            review.action_submit()

    def test_the_next_review_is_not_later_than_the_rating_allows(self):
        review = self._review(self._account(), 75, limit_choice="keep")
        review.next_review = self.today + relativedelta(months=7)
        with self._refused(CreditReviewError, "is reviewed again by"):
            review.action_submit()

    def test_an_approved_review_is_frozen(self):
        review = self._approved(self._account())
        for user in (self.controller, self.boss, self.env.ref("base.user_root")):
            mine = review.with_user(user)
            for record, values in (
                (mine, {"amount": 9}),
                (mine, {"risks": "None"}),
                (mine.input_ids[:1], {"value": 9}),
                (mine.method_ids[:1], {"weight": 9}),
                (mine.veto_ids[:1], {"remark": "None"}),
            ):
                with self._refused(ApprovalLockError):
                    record.write(values)
            with self._refused(ApprovalLockError):
                mine.action_fill()
            with self._refused(ApprovalLockError):
                mine.unlink()
        # Later settings change nothing either.
        self.ratings["A"].sudo().need_percent = 1
        self.company.sudo().customer_credit_step = 500
        review.invalidate_recordset()
        self.assertEqual((review.amount, review.final_rating_id.name), (800, "A"))

    def test_who_only_sells_sees_no_review(self):
        review = self._approved(self._account())
        with self._refused(AccessError):
            review.with_user(self.seller).read(["amount"])
        with self._refused(AccessError):
            review.with_user(self.seller).create({"account_id": review.account_id.id})
        clerk = self._person("clerk", "customer_credit.group_credit_user")
        self.assertEqual(review.with_user(clerk).amount, 800)
        with self._refused(AccessError):
            review.with_user(clerk).create({"account_id": review.account_id.id})

    def test_an_override_goes_to_whom_its_rule_names(self):
        chief = self._person("chief", "customer_credit.group_credit_manager")
        self._rule(
            "customer.credit.review",
            name="Chief",
            sequence=20,
            domain="[('override_rating_id', '!=', False)]",
            user_ids=[Command.set(chief.ids)],
        )
        review = self._review(
            self._account(),
            45,
            limit_choice="keep",
            override_rating_id=self.ratings["A"].id,
            override_reason="Guaranteed",
            override_until=self.today + relativedelta(months=1),
        )
        review.action_submit()
        review.with_user(self.boss).action_approve()
        self.assertEqual(review.approval_state, "pending")
        review.with_user(chief).action_approve()
        self.assertEqual(review.approval_state, "approved")
