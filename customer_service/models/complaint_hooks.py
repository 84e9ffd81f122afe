from odoo import api, models
from odoo.tools import SQL, is_html_empty


class CustomerComplaint(models.Model):
    """What the steps of a complaint ask the other parts of the suite; each of them answers by ``super()`` and more."""

    _inherit = "customer.complaint"

    def _missing_for(self, stage):
        """Hook: return in sentences what a complaint lacks for a stage.

        :param str stage: the stage that it would go to
        :rtype: list[str]
        """
        self.ensure_one()
        missing = []
        if stage == "assess":
            if not self.partner_id:
                missing.append(self.env._("Say which customer it is."))
            if not self.kind_id:
                missing.append(self.env._("Say of what kind it is."))
        if stage == "agree":
            if is_html_empty(self.finding):
                missing.append(self.env._("Write down what was found."))
            if not self.is_justified:
                missing.append(self.env._("Say whether it is justified."))
            if self.is_justified in ("yes", "partly") and not self.cause_id:
                missing.append(self.env._("Choose the cause."))
        return missing

    def _stage_entered(self, stage, before):
        """Hook: a complaint has come to a stage.

        :param before: the stage that it was at, False for a new complaint
        """

    def _clock_event(self, event):
        """Hook: something happened that the service levels count.

        :param str event: received, answered, updated (the customer was told something), waiting, resumed, resolved,
            reopened, changed (severity, grade, team or calendar)
        """

    def _severity_raised(self):
        """Hook: return the complaints among these that weigh a level more, such as repeated ones."""
        return self.browse()

    def _complaint_costs(self):
        """Hook: return what complaints cost the company so far, in company currency.

        :return: ``{complaint id: amount}``; positive is a cost, missing is unknown
        """
        return {}

    def _disputes(self):
        """Hook: return the disputes that these complaints opened, as the system."""
        return self.env["customer.dispute"].sudo()

    # The same as sets of rows: what analyses, statistics and metrics join, one statement for all complaints.

    @api.model
    def _cost_sql(self):
        """Hook: return SQL selecting ``(complaint_id, amount)``: what complaints cost so far, in company currency.

        Several rows of a complaint are added up; positive is a cost; a complaint without a row has no known cost.
        The same figures as ``_complaint_costs``.
        """
        return SQL("SELECT NULL::integer AS complaint_id, NULL::numeric AS amount WHERE FALSE")

    @api.model
    def _remedy_sql(self):
        """Hook: return SQL selecting ``(complaint_id, kind, amount)``: what customers got, in company currency.

        The kind is one of indemnity (money paid), allowance (price), return (goods taken back), replacement (goods
        sent again, repair included). A complaint without a row got nothing.
        """
        return SQL(
            "SELECT NULL::integer AS complaint_id, NULL::varchar AS kind, NULL::numeric AS amount WHERE FALSE"
        )

    @api.model
    def _on_time_sql(self):
        """Hook: return SQL selecting ``(complaint_id, on_time)``: whether a complaint was resolved in time.

        One row at most for a complaint; without a row it is not known.
        """
        return SQL("SELECT NULL::integer AS complaint_id, NULL::boolean AS on_time WHERE FALSE")

    @api.model
    def _satisfaction_sql(self):
        """Hook: return SQL selecting ``(complaint_id, score)``: how satisfied customers are after the handling.

        From 0 to 100; several rows of a complaint are averaged; without a row nobody was asked or answered.
        """
        return SQL("SELECT NULL::integer AS complaint_id, NULL::numeric AS score WHERE FALSE")
