from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import PlanStateError
from .plan import OPEN


class CustomerPlan(models.Model):
    """The steps of a plan: start, measure, finish, cancel, go on in the next period."""

    _inherit = "customer.plan"

    def action_start(self):
        """Start the plans: they get a number, the value before is frozen, the owners get their activities.

        :raises PlanStateError: for a plan that is no draft or has no measure
        """
        self._ensure_step("draft")
        for plan in self:
            if not plan.line_ids:
                raise PlanStateError(
                    self.env._(
                        "The plan “%s” has no measure yet: say what is done, by whom, until when.",
                        plan.display_name,
                    )
                )
        today = fields.Date.context_today(self)
        values = self._measure(today)
        for plan in self.sudo():
            value = values[plan.id]
            plan.write(
                {
                    "number": plan.number or plan._next_number(),
                    "state": "running",
                    "value_before": value or 0,
                    "has_before": value is not None,
                    "measured_from": today,
                }
            )
        self.line_ids._schedule_activities()

    def _next_number(self):
        sequences = self.env["ir.sequence"].with_company(self.company_id)
        return sequences.next_by_code("customer.plan", sequence_date=self.date_start)

    def _measure(self, day):
        """Return the value of each plan's metric as of a day: ``{plan_id: value}``, None where it is missing.

        One statement for all plans of a company with the same metric and period.
        """
        metrics = self.env["customer.metric"].sudo()
        values = {}
        for (company, metric, months), plans in (
            self.sudo().grouped(lambda plan: (plan.company_id, plan.metric_id, plan.months)).items()
        ):
            partners = plans.partner_id.commercial_partner_id
            if not metric:
                values.update(dict.fromkeys(plans.ids))
                continue
            found = metrics._evaluate([metric.code], day, months, company=company, partners=partners)
            for plan in plans:
                value = found.get(plan.partner_id.commercial_partner_id.id, {}).get(metric.code)
                nothing = 0.0 if metric.missing_is_zero else None
                values[plan.id] = nothing if value is None else float(value)
        return values

    def action_measure(self):
        """Measure the effect up to today, without finishing the plan."""
        self._ensure_step("running")
        self._measure_after()

    def _measure_after(self):
        today = fields.Date.context_today(self)
        values = self._measure(today)
        for plan in self.sudo():
            value = values[plan.id]
            plan.write({"value_after": value or 0, "has_after": value is not None, "measured_on": today})

    def action_done(self):
        """Finish the plans and measure their effect.

        :raises PlanStateError: when a measure is neither done nor dropped, or the plan has no result
        """
        self._ensure_step("running")
        for plan in self:
            waiting = plan.line_ids.filtered(lambda line: line.state == "open")
            if waiting:
                raise PlanStateError(
                    self.env._(
                        "%(count)s measures of the plan “%(plan)s” are still open, the first one: %(measure)s. "
                        "Say what came of each, done or dropped.",
                        count=len(waiting),
                        plan=plan.display_name,
                        measure=waiting[0].measure,
                    )
                )
            if not (plan.result or "").strip():
                raise PlanStateError(
                    self.env._("Say what came of the plan “%s” before it is finished.", plan.display_name)
                )
        self._measure_after()
        self.sudo().write({"state": "done", "closed_on": fields.Date.context_today(self)})

    def action_cancel(self):
        """Cancel the plans; their open measures no longer ask for anything."""
        self._ensure_step(*OPEN)
        self.sudo().write({"state": "cancelled", "closed_on": fields.Date.context_today(self)})
        self.line_ids._end_activities()

    def action_draft(self):
        """Take a cancelled plan back to be a draft."""
        self._ensure_step("cancelled")
        self.sudo().write({"state": "draft", "closed_on": False})
        self.flush_recordset(["state"])

    def action_next_period(self):
        """Make a draft of the same plan for the period that follows, with all measures open again."""
        self.ensure_one()
        self.check_access("read")
        self._ensure_state("done", "cancelled")
        # The index that allows one open plan of a kind must see that this one has ended.
        self.flush_recordset(["state"])
        length = self.date_due - self.date_start + timedelta(days=1)
        plan = self.copy(
            {
                "date_start": self.date_start + length,
                "date_due": self.date_due + length,
                "date_review": self.date_review and self.date_review + length,
            }
        )
        for line in plan.line_ids.filtered("date_due"):
            line.date_due += length
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": plan.id,
            "views": [(False, "form")],
        }

    def action_suggest(self):
        """Add the usual measures of the kind that the plan does not have yet."""
        self._ensure_step(*OPEN)
        for plan in self:
            known = set(plan.line_ids.mapped("measure"))
            lines = self._suggested_lines(plan.kind_id, plan.user_id, plan.date_start)
            plan.line_ids = [line for line in lines if line[2]["measure"] not in known]

    @api.model
    def _draft_for(self, alerts):
        """Make a draft for each customer, company and kind of these alerts that has no open plan; link the alerts.

        Alerts of a rule without a kind get a plan for problem customers. The number of statements does not
        depend on the number of alerts.

        :return: the plans that are new
        """
        default = self.env.ref("customer_management.plan_kind_problem")
        # Grouped, the alerts still fetch what they need for all of them at a time.
        wanted = alerts.grouped(
            lambda alert: (alert.rule_id.plan_kind_id or default, alert.partner_id, alert.company_id)
        )
        domain = [("partner_id", "in", alerts.partner_id.ids), ("state", "in", OPEN)]
        found = (
            self.sudo().search(domain).grouped(lambda plan: (plan.kind_id, plan.partner_id, plan.company_id))
        )
        missing = [key for key in wanted if key not in found]
        plans = self.sudo().with_context(mail_create_nolog=True, tracking_disable=True)
        fresh = plans.create([self._draft_values(*key, wanted[key]) for key in missing])
        found.update(zip(missing, fresh, strict=True))
        self._link_alerts({alert.id: found[key].id for key, answered in wanted.items() for alert in answered})
        return fresh

    @api.model
    def _draft_values(self, kind, partner, company, alerts):
        owner = partner.user_id or alerts.rule_id.user_id[:1]
        # The evaluation runs at night and speaks no language: the plan speaks that of its owner.
        kind, alerts = (records.with_context(lang=owner.lang or self.env.lang) for records in (kind, alerts))
        lines = self._suggested_lines(kind, owner, False)
        return {
            "kind_id": kind.id,
            "partner_id": partner.id,
            "company_id": company.id,
            "user_id": owner.id,
            "situation": alerts._evidence_html(),
            "line_ids": lines,
        }

    @api.model
    def _link_alerts(self, plans):
        rows = [SQL("(%s, %s)", alert_id, plan_id) for alert_id, plan_id in plans.items()]
        self.env["customer.plan"].flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE customer_alert a SET plan_id = v.plan_id FROM (VALUES %s) v(id, plan_id) WHERE a.id = v.id",
                SQL(", ").join(rows),
            )
        )
        self.env["customer.alert"].invalidate_model(["plan_id"])
        self.invalidate_model(["alert_ids"])

    def _merge_partners(self, sources, target):
        """Before partners are merged: of two open plans of a kind, that of the target goes on with the
        measures of both; the other one is cancelled.
        """
        parties = target | sources
        plans = self.search([("partner_id", "in", parties.ids), ("state", "in", OPEN)])
        for group in plans.grouped(lambda plan: (plan.kind_id, plan.company_id)).values():
            # The running one goes on, and of two alike that of the customer that stays.
            kept = group.sorted(lambda plan: (plan.state != "running", plan.partner_id != target, plan.id))[0]
            others = group - kept
            others.line_ids.filtered(lambda line: line.state == "open").plan_id = kept
            others.alert_ids.plan_id = kept
            others.write({"state": "cancelled", "closed_on": fields.Date.context_today(self)})
            others._message_log_batch(
                {
                    plan.id: self.env._("The customers were merged: %s goes on.", kept.display_name)
                    for plan in others
                }
            )
        self.env.flush_all()
