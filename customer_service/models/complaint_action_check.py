from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

# What was no complaint in the end does not say that a fault came back.
NOT_COUNTED = ("duplicate", "rejected", "withdrawn")
BATCH = 100


class CustomerComplaintAction(models.Model):
    """Whether actions helped: the complaints after them say so."""

    _inherit = "customer.complaint.action"

    @api.model
    def _came_back(self, actions):
        """Return the complaints in which the cause of each action came back, in one statement.

        Received after the day on which the action was done and until the day of its check, of the same company, with
        the same cause or a part of it and one of the same products; or a complaint that somebody linked as the one
        that comes after. What was rejected, withdrawn or a duplicate does not count.

        :return: ``{action: complaints}``; actions without any are left out
        """
        self.env["customer.complaint.line"].flush_model()
        self.env.flush_all()
        found = {}
        for action_id, complaint_id in self.env.execute_query(self._came_back_sql(actions)):
            found.setdefault(action_id, []).append(complaint_id)
        complaints = self.env["customer.complaint"].sudo()
        return {self.browse(one): complaints.browse(several) for one, several in found.items()}

    @api.model
    def _came_back_sql(self, actions):
        return SQL(
            """
            SELECT a.id, c.id
              FROM customer_complaint_action a
              JOIN customer_complaint c ON c.company_id = a.company_id
         LEFT JOIN customer_complaint_cause was ON was.id = a.cause_id
         LEFT JOIN customer_complaint_cause now ON now.id = c.cause_id
             WHERE a.id = ANY(%(actions)s) AND c.id IS DISTINCT FROM a.complaint_id
               AND c.date_received >= a.done_on + 1 AND c.date_received < a.check_on + 1
               AND c.is_justified IS DISTINCT FROM 'no'
               AND (c.outcome IS NULL OR NOT c.outcome = ANY(%(not_counted)s))
               AND (c.follows_id = a.complaint_id
                    OR (now.parent_path LIKE was.parent_path || '%%' AND %(same_product)s))
             ORDER BY a.id, c.id
            """,
            actions=actions.ids,
            not_counted=list(NOT_COUNTED),
            same_product=SQL(
                """
                (NOT EXISTS (SELECT FROM customer_complaint_action_product_product_rel r
                              WHERE r.customer_complaint_action_id = a.id)
                 OR EXISTS (SELECT FROM customer_complaint_action_product_product_rel r
                              JOIN customer_complaint_line l ON l.product_id = r.product_product_id
                             WHERE r.customer_complaint_action_id = a.id AND l.complaint_id = c.id))
                """
            ),
        )

    def _judge(self, found):
        """Write down whether these actions helped; the place of each that did not is taken by a new one.

        :param dict found: the complaints by action in which the fault came back
        """
        today = fields.Date.context_today(self)
        failed = self.browse([action.id for action in found]) & self
        (self - failed).sudo().write({"state": "effective", "checked_on": today})
        for action in failed.sudo():
            action.write(
                {
                    "state": "ineffective",
                    "checked_on": today,
                    "recurrence_ids": [Command.set(found[action].ids)],
                }
            )
        failed._try_again()

    def _try_again(self):
        """Plan an action in place of each that did not help, and tell the complaint."""
        actions = self.sudo().filtered(lambda action: not action.next_ids)
        values = [
            {
                "name": action.name,
                "kind": action.kind,
                "complaint_id": action.complaint_id.id,
                "risk_id": action.risk_id.id,
                "assessment_id": action.assessment_id.id,
                "company_id": action.company_id.id,
                "cause_id": action.cause_id.id,
                "product_ids": [Command.set(action.product_ids.ids)],
                "user_id": action.user_id.id,
                "department_id": action.department_id.id,
                "previous_id": action.id,
                "problem": self.env._("It came back in %s.", ", ".join(action.recurrence_ids.mapped("name"))),
            }
            for action in actions
        ]
        for action in actions.create(values).filtered("complaint_id"):
            action.complaint_id.message_post(
                body=self.env._(
                    "The action “%(action)s” did not help. %(why)s A new one is planned.",
                    action=action.name,
                    why=action.problem,
                )
            )

    @api.model
    def _cron_check(self):
        """Judge the actions whose day has come, and those whose fault came back before it.

        An action that was found effective is looked at again while complaints of its time may still be judged: for
        as long as it was watched. Run twice, it does nothing the second time.
        """
        today = fields.Date.context_today(self)
        watched = self.sudo().search(
            [
                ("check_on", "!=", False),
                "|",
                ("state", "=", "done"),
                "&",
                ("state", "=", "effective"),
                ("check_on", ">=", fields.Date.subtract(today, days=90)),
            ],
            order="id",
        )
        found = self.sudo()._came_back(watched)
        ripe = watched.filtered(
            lambda action: action in found or (action.state == "done" and action.check_on <= today)
        )
        for start in range(0, len(ripe), BATCH):
            batch = ripe[start : start + BATCH].try_lock_for_update()
            batch.filtered(lambda action: action.state in ("done", "effective"))._judge(found)
            left = max(len(ripe) - start - BATCH, 0)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                break
