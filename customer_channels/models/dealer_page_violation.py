from odoo import models


class CustomerDealerPageViolation(models.AbstractModel):
    """The cases against a dealer from the moment it is heard; it answers, and appeals against a decision."""

    _name = "customer.dealer.page.violation"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Cases"

    _page_code = "cases"
    _page_model = "customer.dealer.violation"
    _page_icon = "fa-gavel"
    _page_sequence = 60
    _page_columns = ("name", "kind", "date_occurred", "summary", "deadline", "state")
    # Neither the informant nor the details of the evidence, nor who was injured.
    _page_detail = (
        "name",
        "kind",
        "date_occurred",
        "summary",
        "deadline",
        "answer",
        "deduction",
        "rebate",
        "consequence",
        "decision",
        "appeal",
        "appeal_result",
        "state",
    )
    _page_order = "date_occurred desc, id desc"

    def _title(self):
        """Override."""
        return self.env._("Cases")

    def _hint(self):
        """Override."""
        return self.env._("What was found, until when you can answer, and what was decided.")

    def _domain(self, dealer):
        """Override: reports and investigations are not shown, they may come to nothing."""
        seen = ("found", "heard", "deciding", "decided", "executed", "appealed", "closed")
        return [("dealer_id", "=", dealer.id), ("found_on", "!=", False), ("state", "in", seen)]

    def _shown(self, record, name):
        """Override: a penalty that is only proposed is nobody's business yet."""
        decided = record.state in ("decided", "executed", "appealed", "closed")
        if name in ("deduction", "rebate", "consequence", "decision") and not decided:
            return ""
        return super()._shown(record, name)

    def _steps(self, record):
        """Override: answer while heard, appeal once decided."""
        answer, appeal = self.env._("Answer"), self.env._("Appeal")
        if record.state == "found":
            return [("answer", answer, ["answer"])]
        appealable = record.state in ("decided", "executed") and not record.appeal_result
        return [("appeal", appeal, ["appeal"])] if appealable else []

    def _step(self, record, code, values):
        """Override: by the steps of the case; the case is locked once it is decided."""
        record._approval_write(values)
        if code == "appeal":
            record.action_appeal()
