"""What the tests of reviews and requests have in common: the people, and the shortest way to each document."""

from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests import new_test_user

from .credit_case import CreditCase

SELLER = "customer_management.group_customer_user"


class ReviewCase(CreditCase):
    """A salesperson asks, a controller reviews, a credit manager approves; nothing is approved without a rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._person("seller", SELLER)
        cls.controller = cls._person("controller", "customer_credit.group_credit_controller")
        cls.boss = cls._person("boss", "customer_credit.group_credit_manager")
        cls.anna.user_id = cls.seller
        cls.company = cls.env.company
        cls.company.sudo().write({"customer_credit_single_percent": 0, "customer_credit_step": 0})
        for model in ("customer.credit.limit.request", "customer.credit.review"):
            cls._rule(model)
        cls.ratings = {
            rating.name: rating for rating in cls.env["customer.credit.rating"]._scale(cls.company)
        }

    @classmethod
    def _person(cls, name, *groups):
        company = {"company_id": cls.env.company.id, "company_ids": [Command.set(cls.env.company.ids)]}
        return new_test_user(cls.env, f"cr_{name}", ",".join(("base.group_user", *groups)), **company)

    @classmethod
    def _rule(cls, model, **values):
        return (
            cls.env["customer.approval.rule"]
            .sudo()
            .create(
                {
                    "name": "Boss",
                    "model_id": cls.env["ir.model"]._get_id(model),
                    "company_id": cls.env.company.id,
                    "user_ids": [Command.set(cls.boss.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def _request(cls, user=None, **values):
        requests = cls.env["customer.credit.limit.request"].with_user(user or cls.seller)
        return requests.create({"partner_id": cls.anna.id, "reason": "Grows", **values})

    def _approve(self, document):
        """Submit a document in the environment of its author, and let the boss approve it."""
        document.action_submit()
        document.with_user(self.boss).action_approve()
        return document

    @classmethod
    def _scorecard(cls, score, partner=None, user=None):
        """Return a finished credit assessment with this score."""
        template = (
            cls.env["customer.assessment.template"]
            .sudo()
            .create(
                {
                    "name": "Short score",
                    "kind": "credit",
                    "criterion_ids": [
                        Command.create(
                            {
                                "name": "All in all",
                                "weight": 100,
                                "source": "judged",
                                "answer_kind": "points",
                                "points_max": 100,
                            }
                        )
                    ],
                }
            )
        )
        assessment = (
            cls.env["customer.assessment"]
            .with_user(user or cls.controller)
            .create({"template_id": template.id, "partner_id": (partner or cls.anna).id})
        )
        assessment.line_ids.write({"value": score, "is_known": True})
        assessment.action_finish()
        return assessment

    @classmethod
    def _review(cls, account, score=75, figures=None, **values):
        """Return the draft of a review by the controller, an old customer of ours, with these figures."""
        reviews = cls.env["customer.credit.review"].with_user(cls.controller)
        first = {name: values.pop(name) for name in ("date", "assessment_id") if name in values}
        if score is not None:
            first["assessment_id"] = cls._scorecard(score, account.partner_id).id
        review = reviews.create({"account_id": account.id, **first})
        review.veto_ids.sudo().write({"applies": False})
        cls._enter(review, **(figures or {}))
        review.write(values)
        return review

    @classmethod
    def _enter(cls, review, **figures):
        for line in review.input_ids.filtered(lambda line: line.code in figures):
            value = figures[line.code]
            line.write({"amounts": value} if isinstance(value, str) else {"value": value})

    @contextmanager
    def _refused(self, error, words=""):
        """Expect an error, and roll back what was done before it."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield
        self.env.invalidate_all()
