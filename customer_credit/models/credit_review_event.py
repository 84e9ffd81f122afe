from markupsafe import Markup

from odoo import fields, models


class CustomerCreditReview(models.Model):
    """A review that a sudden change of the standing began."""

    _inherit = "customer.credit.review"

    occasion = fields.Char(
        readonly=True, copy=False, help="What changed suddenly, so that the credit is looked at again."
    )
    standing_id = fields.Many2one(
        "customer.credit.standing",
        string="Month of the Occasion",
        readonly=True,
        copy=False,
        index=False,
        ondelete="set null",
    )

    _event_unique = models.UniqueIndex(
        "(standing_id) WHERE standing_id IS NOT NULL", "This change has its review already."
    )


class CustomerCreditAccount(models.Model):
    """Accounts whose standing changes suddenly are reviewed."""

    _inherit = "customer.credit.account"

    def _credit_event(self, standings):
        """Override: a review is drafted beside the activity; who has an open one is told there instead."""
        done = super()._credit_event(standings)
        reviews = self.env["customer.credit.review"].sudo()
        begun = reviews.search([("standing_id", "in", standings.ids)]).standing_id
        current = reviews.search(
            [("account_id", "in", self.ids), ("approval_state", "in", ("draft", "pending"))]
        ).grouped("account_id")
        reviewers = self._reviewers()
        for company, rows in (standings - begun).grouped("company_id").items():
            fresh = rows.filtered(lambda row: row.account_id not in current)
            reviews.with_company(company).create(
                [
                    {
                        "account_id": row.account_id.id,
                        "user_id": reviewers.get(row.account_id, self.env.user).id,
                        "occasion": row.change_note,
                        "standing_id": row.id,
                    }
                    for row in fresh
                ]
            )
            for row in rows - fresh:
                current[row.account_id][:1]._message_log(body=Markup("<p>%s</p>") % (row.change_note or ""))
        return done

    def _review_done(self):
        """Override: what was asked because of a sudden change is done as well."""
        done = super()._review_done()
        kind = self.env.ref("customer_credit.mail_activity_type_event", raise_if_not_found=False)
        if kind:
            self.env["mail.activity"].sudo().search(
                [
                    ("activity_type_id", "=", kind.id),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("automated", "=", True),
                ]
            ).action_feedback()
        return done
