"""Sudden changes of the standing begin a review, and one definition says who is asked. (domain 4.1)"""

from odoo.tests import tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewEvent(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)
        cls.company.sudo().customer_credit_controller_id = cls.controller
        cls.standing = cls.env["customer.credit.standing"].sudo()
        cls.month_end = cls.standing._last_month_end()

    def _month(self, back=0, rating=None):
        """Write the standing of a month, with this rating of the account."""
        if rating:
            self.account.sudo().rating_id = self.ratings[rating]
        return self.standing._record(self.company, self.standing._month_end(self.month_end, back))

    def _fall(self):
        """Let the rating fall by three steps within a month; return the row that says so."""
        self._month(1, "BBB")
        return self._month(0, "CCC").filtered(lambda row: row.account_id == self.account)

    def _asked(self, account=None):
        kind = self.env.ref("customer_credit.mail_activity_type_event")
        return (account or self.account).activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def test_a_fall_drafts_a_review_that_says_why_and_asks_the_controller(self):
        row = self._fall()
        review = self.account.review_ids
        self.assertEqual((review.approval_state, review.user_id), ("draft", self.controller))
        self.assertEqual(review.occasion, row.change_note)
        self.assertIn("Rating CCC after BBB", review.occasion)
        self.assertTrue(review.input_ids)
        self.assertEqual(self._asked().user_id, self.controller)

    def test_the_same_change_is_followed_up_once(self):
        row = self._fall()
        self._month()
        self._asked().unlink()
        self.account._credit_event(row)
        self.assertEqual(len(self.account.review_ids), 1)
        review = self.account.review_ids
        review.veto_ids.sudo().write({"applies": False})
        review.with_user(self.controller).write(
            {"assessment_id": self._scorecard(75).id, "limit_choice": "keep"}
        )
        self._approve(review.with_user(self.controller))
        self.account._credit_event(row)
        self.assertEqual(self.account.review_ids, review)

    def test_who_has_an_open_review_gets_no_second_one(self):
        open_review = self._review(self.account)
        row = self._fall()
        self.assertEqual(self.account.review_ids, open_review)
        self.assertFalse(open_review.occasion)
        self.assertIn(row.change_note, str(open_review.message_ids[:1].body))
        self.assertEqual(len(self._asked()), 1)

    def test_an_approved_review_ends_the_asking(self):
        self._fall()
        self.assertTrue(self._asked())
        self._approve(self._review(self.account, 75, limit_choice="keep"))
        self.assertFalse(self._asked())

    def test_nobody_enters_an_occasion(self):
        review = self._review(self.account)
        with self._refused(Exception, "worked out or taken down"):
            review.write({"occasion": "Mine"})

    def test_a_steady_month_begins_nothing(self):
        self._month(1, "BBB")
        self._month(0)
        self.assertFalse(self.account.review_ids)
        self.assertFalse(self._asked())

    def test_the_same_person_is_asked_about_everything(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        sees = self.env.ref("customer_credit.group_credit_user")
        self.assertEqual(self.account._reviewers(), {self.account: self.controller})
        # Who left, or works elsewhere, is not asked; the salesperson is, once credit is his business.
        self.controller.sudo().write({"company_ids": [(4, other.id)], "company_id": other.id})
        self.controller.sudo().company_ids = other
        self.assertEqual(self.account._reviewers(), {self.account: self.env.user})
        self.seller.sudo().group_ids += sees
        self.assertEqual(self.account._reviewers(), {self.account: self.seller})
        self.seller.sudo().active = False
        self.assertNotIn(self.seller, self.account._reviewers().values())
