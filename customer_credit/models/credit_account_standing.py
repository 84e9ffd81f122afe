from odoo import api, fields, models
from odoo.tools import SQL

MONTHS = 24


class CustomerCreditAccount(models.Model):
    """How the credit of an account went, month by month, and what follows from sudden changes."""

    _inherit = "customer.credit.account"

    standing_ids = fields.One2many("customer.credit.standing", "account_id")
    standing_chart = fields.Json(compute="_compute_standing_chart")
    last_mark = fields.Selection(
        [("up", "↑ Better"), ("down", "↓ Worse"), ("same", "→ Same"), ("new", "New")],
        string="Last Change",
        compute="_compute_last_standing",
    )

    def _compute_last_standing(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (account_id) account_id, mark FROM customer_credit_standing"
                " WHERE account_id = ANY(%s) ORDER BY account_id, date DESC",
                self.ids,
            )
        )
        marks = dict(rows)
        for account in self:
            account.last_mark = marks.get(account._origin.id)

    @api.depends("standing_ids")
    @api.depends_context("lang")
    def _compute_standing_chart(self):
        for account in self:
            rows = account.standing_ids.sorted("date")[-MONTHS:]
            account.standing_chart = rows and account._standing_chart(rows)

    def _standing_chart(self, rows):
        """Return the chart of some months: limit and exposure above, the rating and the lateness below."""
        names = self.env["customer.credit.rating"]._scale(self.company_id).mapped("name")
        labels = rows._fields
        word = {name: labels[name]._description_string(self.env) for name in ("exposure", "overdue")}
        late = [row.days_late if row.has_payments else None for row in rows]
        limits = [row.limit_amount if row.limit_state != "none" else None for row in rows]
        places = [names.index(row.rating_id.name) if row.rating_id.name in names else None for row in rows]
        return {
            "labels": [fields.Date.to_string(row.date)[:7] for row in rows],
            "panels": [
                {
                    "unit": "money",
                    "currency_id": self.currency_id.id,
                    "series": [
                        {"name": self.env._("Limit"), "values": limits, "kind": "step"},
                        {"name": word["exposure"], "values": rows.mapped("exposure"), "kind": "line"},
                        {"name": word["overdue"], "values": rows.mapped("overdue"), "kind": "bar"},
                    ],
                },
                {
                    "unit": "days",
                    "series": [{"name": self.env._("Average days late"), "values": late, "kind": "bar"}],
                },
                {
                    "unit": "place",
                    "ticks": names,
                    "series": [{"name": self.env._("Rating"), "values": places, "kind": "step"}],
                },
            ],
        }

    def _credit_event(self, standings):
        """Follow up changes of the standing that ask for a review; one open activity an account.

        :param standings: rows of these accounts whose change is an event
        """
        kind = self.env.ref("customer_credit.mail_activity_type_event")
        accounts = self.sudo().filtered(lambda account: kind not in account.activity_ids.activity_type_id)
        notes = {row.account_id: row.change_note for row in standings}
        model_id = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "activity_type_id": kind.id,
                "automated": True,
                "res_model_id": model_id,
                "res_id": account.id,
                "user_id": user.id,
                "date_deadline": fields.Date.context_today(self),
                "summary": notes.get(account) or kind.name,
            }
            for account, user in accounts._reviewers().items()
        ]
        self.env["mail.activity"].sudo().create(values)

    def action_open_standing(self):
        """Show the months of these accounts."""
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.credit_standing_action")
        return {**action, "domain": [("account_id", "in", self.ids)], "context": {}}
