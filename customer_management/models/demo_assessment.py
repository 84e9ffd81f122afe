from odoo import api, fields, models

# What two people think of the same key account, by criterion: answer and reason.
KEY_ACCOUNT = {
    "user_lina": {
        "payment": (18, "On time for a year, twice early"),
        "cooperation": (9, "Shares its sales plan every quarter"),
        "potential": (12, "Opens two stores next year"),
        "rating_low": (0, None),
        "dishonoured": (0, None),
        "overdue": (0, None),
    },
    "user_chenjing": {
        "payment": (18, "On time, says the ledger"),
        "cooperation": (6, "Took no part in the autumn promotion"),
        "potential": (8, "Also courted by two rivals"),
        "rating_low": (0, None),
        "dishonoured": (0, None),
        "overdue": (0, None),
    },
}
ENDANGERED = {
    "overdue_60": (1, "Two invoices of last year"),
    "broken_promises": (1, "Promised for last month and for this one"),
    "no_reply": (1, "The buyer does not call back"),
    "moved": (0, None),
    "bounced": (0, None),
    "sued": (0, None),
}


class CustomerDemoStory(models.AbstractModel):
    """The assessments of the story."""

    _inherit = "customer.demo.story"

    @api.model
    def _assess(self):
        """Make two finished assessments of a key account, and a draft of an endangered customer."""
        for user, answers in KEY_ACCOUNT.items():
            template = "customer_management.assessment_template_key_account"
            self._assess_customer(template, "jiangnan", user, answers).action_finish()
        template = "customer_management.assessment_template_endangered"
        self._assess_customer(template, "harbin", "user_chenjing", ENDANGERED)

    @api.model
    def _assess_customer(self, template, partner, user, answers):
        """Return a draft assessment of a customer by one of the people, with these answers.

        :param str template: external id, with which those of its criteria begin
        :param dict answers: (value, reason) by the end of the criterion's external id
        """
        company = self.env.ref("base.main_company")
        assessments = self.env["customer.assessment"].with_user(self.env.ref(f"customer_management.{user}"))
        assessments = assessments.with_context(lang=self._language())
        assessment = assessments.with_company(company).create(
            {
                "template_id": self.env.ref(template).id,
                "partner_id": self.env.ref(f"customer_management.partner_{partner}").id,
                "date": fields.Date.today(),
            }
        )
        lines = {line.rule["id"]: line for line in assessment.line_ids}
        for name, (value, note) in answers.items():
            line = lines[self.env.ref(f"{template}_{name}").id]
            line.write({"value": value, "is_known": True, "note": note})
        return assessment
