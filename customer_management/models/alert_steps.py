from odoo import api, fields, models

from ..exceptions import AlertStateError
from .alert import COUNTING


class CustomerAlert(models.Model):
    """What a person does with an alert: acknowledge, mute, open again, close, report."""

    _inherit = "customer.alert"

    def _ask(self, answer):
        self.check_access("write")
        names = {
            "acknowledge": self.env._("Acknowledge"),
            "mute": self.env._("Mute"),
            "close": self.env._("Close"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": names[answer],
            "res_model": "customer.alert.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_answer": answer, "default_alert_ids": self.ids},
        }

    def action_acknowledge(self):
        """Ask for the note with which the alert is acknowledged."""
        self._ensure_state("open", "muted")
        return self._ask("acknowledge")

    def action_mute(self):
        """Ask until when the alert is muted, and why."""
        self._ensure_state(*COUNTING, "muted")
        return self._ask("mute")

    def action_close(self):
        """Ask why an alert that was reported by hand is closed."""
        self._ensure_closable()
        return self._ask("close")

    def action_reopen(self):
        """Take the answer back: the alert is open again and counts."""
        self._ensure_step("acknowledged", "muted")
        self.sudo().write({"state": "open", "muted_until": False})
        self._level_changed()
        self._log(self.env._("Open again."))

    @api.model
    def action_report_new(self):
        """Ask what is reported of which customer."""
        return self.env["ir.actions.actions"]._for_xml_id("customer_management.alert_report_action")

    @api.model
    def action_evaluate(self):
        """Evaluate the alerts of the current company now.

        :raises AlertBusyError: when it is being done already
        """
        return self.env["customer.alert.rule"].action_evaluate()

    def _acknowledge(self, note):
        """Note that somebody has seen the alert and what follows; it still counts for the level.

        :raises AlertStateError: when the note is blank, or the alert is closed
        """
        self._answer("acknowledged", note, "open", "muted")

    def _mute(self, until, reason):
        """Silence the alert up to a day: it counts for nothing and calls nobody.

        If it still fires afterwards, the next evaluation opens it again.

        :raises AlertStateError: when the reason is blank, the day is not to come, or the alert is closed
        """
        today = fields.Date.context_today(self)
        if not until or until < today:
            raise AlertStateError(
                self.env._("Choose a day from today on: an alert cannot be muted until %s.", until or "–")
            )
        self._answer("muted", reason, *COUNTING, "muted", muted_until=until)

    def _answer(self, state, note, *states, **values):
        self._ensure_step(*states)
        note = self._ensure_words(note)
        self.sudo().write(
            {
                "state": state,
                "note": note,
                "answered_by_id": self.env.user.id,
                "answered_on": fields.Date.context_today(self),
                "muted_until": False,
                **values,
            }
        )
        self._end_activities(done=True)
        self._level_changed()
        labels = dict(self._fields["state"]._description_selection(self.env))
        self._log(f"{labels[state]}: {note}")

    def _close(self, reason):
        """Close an alert that was reported by hand.

        :raises AlertStateError: for an alert that its test decides, or without a reason
        """
        self.check_access("write")
        self._ensure_closable()
        reason = self._ensure_words(reason)
        self.sudo().write(
            {
                "state": "closed",
                "closed_on": fields.Date.context_today(self),
                "close_reason": "hand",
                "close_note": reason,
                "answered_by_id": self.env.user.id,
                "answered_on": fields.Date.context_today(self),
            }
        )
        self._end_activities(done=True)
        self._level_changed()
        self._log(self.env._("Closed: %s", reason))

    def _ensure_closable(self):
        self._ensure_state(*COUNTING, "muted")
        decided = self.filtered(lambda alert: not alert.is_manual)[:1]
        if decided:
            raise AlertStateError(
                self.env._(
                    "“%s” closes by itself when its test has failed long enough. Acknowledge or mute it.",
                    decided.display_name,
                )
            )

    def _ensure_words(self, text):
        text = (text or "").strip()
        if not text:
            raise AlertStateError(self.env._("Say why: without a reason nothing is noted."))
        return text

    def _log(self, body):
        """Note a step in the chatter of each alert, whoever is following."""
        self._message_log_batch({alert.id: body for alert in self})

    @api.model
    def _report(self, rule, partners, evidence, day, company):
        """Open an alert of a rule that people report, or add the evidence to the one that is open.

        :param rule: a rule that is reported by hand
        :param partners: the customers; contacts count as their company
        :param str evidence: what was seen, where, by whom
        :param day: when it was seen; not to come
        :return: the alerts
        :raises AlertStateError: when the rule is decided by figures, the evidence is blank, or the day to come
        :raises AccessError: for a customer whose alerts the user may not see
        """
        evidence = self._ensure_words(evidence)
        self._ensure_reportable(rule, day, company)
        partners = partners.commercial_partner_id
        open_ones = self.sudo().search(
            [
                ("rule_id", "=", rule.id),
                ("partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ]
        )
        self._report_again(open_ones, evidence, day)
        fresh = self.sudo().create(
            [
                {
                    "rule_id": rule.id,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "is_manual": True,
                    "first_seen": day,
                    "last_seen": day,
                    "points": rule.points,
                    "danger": rule.is_danger,
                    "report": evidence,
                    "reported_by_id": self.env.user.id,
                }
                for partner in partners - open_ones.partner_id
            ]
        )
        alerts = (open_ones | fresh).with_env(self.env)
        alerts.check_access("write")
        fresh._alert_opened(day)
        self._level_changed()
        return alerts

    def _ensure_reportable(self, rule, day, company):
        rule.check_access("read")
        company.check_access("read")
        if (
            not rule.is_manual
            or not rule.active
            or (rule.company_id and rule.company_id not in company.parent_ids)
        ):
            raise AlertStateError(
                self.env._("“%s” is not an alert that is reported by hand here.", rule.name)
            )
        if company not in self.env.companies:
            raise AlertStateError(self.env._("Switch to the company %s first.", company.name))
        today = fields.Date.context_today(self)
        if day > today:
            raise AlertStateError(
                self.env._("Nothing can have been seen on %(day)s: today is %(today)s.", day=day, today=today)
            )

    def _report_again(self, alerts, evidence, day):
        """Add evidence to open alerts; a muted or acknowledged one is open again."""
        for alert in alerts:
            alert.write(
                {
                    "report": f"{alert.report}\n{evidence}" if alert.report else evidence,
                    "last_seen": max(alert.last_seen, day),
                    "state": "open",
                    "muted_until": False,
                }
            )
        alerts._log(self.env._("Reported again: %s", evidence))
