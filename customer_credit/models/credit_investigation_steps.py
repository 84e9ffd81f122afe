from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import InvestigationStateError

BATCH = 200


class CustomerCreditInvestigation(models.Model):
    """The steps of an investigation: finished by people, outdated by the calendar."""

    _inherit = "customer.credit.investigation"

    def _ensure_draft(self):
        """Raise unless all are drafts.

        :raises InvestigationStateError: naming the first that is not
        """
        for one in self.sudo():
            if one.state != "draft":
                raise InvestigationStateError(
                    self.env._(
                        "%(name)s is finished: nobody changes it any more. Start a new one with “Investigate Again”.",
                        name=one.display_name,
                    )
                )

    def action_finish(self):
        """Finish: from now on nobody changes it, and those before it are outdated.

        :raises InvestigationStateError: without a verdict, or without any item that is judged
        """
        self.check_access("write")
        self._ensure_draft()
        self.sudo().lock_for_update(allow_referencing=True)
        for one in self:
            missing = one._missing()
            if missing:
                raise InvestigationStateError(
                    self.env._("%(name)s cannot be finished yet:", name=one.display_name)
                    + "".join(f"\n• {text}" for text in missing)
                )
        for one in self.sudo():
            one._finish()
        self._older()._outdate()
        return True

    def _missing(self):
        """Return what keeps the investigation from being finished, a sentence each."""
        self.ensure_one()
        missing = []
        if not (self.verdict or "").strip():
            missing.append(self.env._("The verdict is missing: say what the findings mean for our credit."))
        if not any(self.line_ids.mapped("mark")):
            missing.append(self.env._("Nothing is judged yet: mark at least one item good, normal or bad."))
        if self.advice == "limit" and not self.advised_limit:
            missing.append(self.env._("The advised limit is missing: give an amount, or advise cash only."))
        return missing

    def _finish(self):
        """Freeze it, with who finished it and until when it holds; bind the evidence to its lines."""
        self.ensure_one()
        accounts = self.env["customer.credit.account"]
        rating = accounts._of(self.partner_id, self.company_id).get(self.partner_id.id, accounts).rating_id
        until = self.valid_until or self.date + relativedelta(months=self._months(rating))
        for line in self.line_ids.filtered("attachment_ids"):
            line.attachment_ids.write({"res_model": line._name, "res_id": line.id})
        self.write(
            {
                "state": "done",
                "finished_by_id": self.env.uid,
                "finished_on": fields.Datetime.now(),
                "rating_id": rating.id,
                "valid_until": until,
                "next_inquiry": self.next_inquiry or until,
            }
        )

    def _months(self, rating):
        """Return for how many months the findings hold: longer for a customer with a good rating."""
        self.ensure_one()
        company = self.company_id
        good = rating and rating.score_above >= company.customer_credit_good_score
        return company.customer_credit_validity_good if good else company.customer_credit_validity

    def _older(self):
        """Return the finished investigations that these ones replace."""
        domain = [
            ("partner_id", "in", self.partner_id.ids),
            ("company_id", "in", self.company_id.ids),
            ("state", "=", "done"),
            ("id", "not in", self.ids),
        ]
        keys = {(one.partner_id, one.company_id) for one in self}
        found = self.sudo().search(domain)
        return found.filtered(lambda one: (one.partner_id, one.company_id) in keys)

    def _outdate(self):
        """Mark as outdated, and drop what was still to be done about them."""
        self.sudo().activity_unlink(["customer_credit.mail_activity_type_inquiry"])
        self.sudo().write({"state": "outdated"})

    def action_repeat(self):
        """Start a new investigation of the same customer."""
        self.ensure_one()
        new = self.create({"partner_id": self.partner_id.id, "company_id": self.company_id.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_outdate(self):
        """Ask for a new inquiry where its day has come, and mark as outdated what has run out.

        Works in batches that are committed, so it may be stopped and run again.
        """
        today = fields.Date.context_today(self)
        runs_out = ["|", ("next_inquiry", "<=", today), ("valid_until", "<=", today)]
        due = self.search([("state", "=", "done"), ("was_asked", "=", False), *runs_out])
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH]
            batch._ask_again()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
        self.search([("state", "=", "done"), ("valid_until", "<", today)]).write({"state": "outdated"})

    def _ask_again(self):
        """Plan the next inquiry as an activity of who made this one."""
        kind = self.env.ref("customer_credit.mail_activity_type_inquiry")
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model_id,
                    "res_id": one.id,
                    "user_id": one.user_id.id,
                    "date_deadline": one.valid_until or one.next_inquiry,
                    "summary": self.env._("Investigate %s again", one.partner_id.name),
                }
                for one in self
            ]
        )
        self.write({"was_asked": True})
