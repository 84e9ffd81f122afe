from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..exceptions import CreditHoldError
from .credit_hold import OPEN


class CustomerCreditHold(models.Model):
    """How holds come about, what releases cover, and how what was held goes on."""

    _inherit = "customer.credit.hold"

    # Holding

    @api.model
    def _hold(self, cases):
        """Hold documents that did not pass: a new hold each, or new figures for the one that is open."""
        if not cases:
            return self.browse()
        engine = self.sudo()
        open_holds = engine._open_of([case.record for case in cases])
        vals_list = []
        for case in cases:
            hold = open_holds.get((case.record._name, case.record.id))
            if hold:
                hold._approval_write({"decision_id": case.decision_id})
            else:
                vals_list.append(self._hold_values(case))
        fresh = engine.create(vals_list)
        fresh._tell()
        return fresh

    @api.model
    def _hold_values(self, case):
        order = case.order or self.env["sale.order"]
        invoice = case.record if case.record._name == "account.move" else self.env["account.move"]
        return {
            "decision_id": case.decision_id,
            "company_id": case.company.id,
            "partner_id": case.payer.id,
            "account_id": case.standing.id if case.standing else False,
            "order_id": order.id,
            "document": case.record._credit_name(),
            "user_id": (order.user_id or invoice.invoice_user_id).id,
            "team_id": case.record._credit_team().id,
            "held_by_id": self.env.uid,
            self._subject_field(case.record): case.record.id,
        }

    @api.model
    def _open_of(self, records):
        """Return the open holds of documents: ``{(model, id): hold}``."""
        found = {}
        by_model = {}
        for record in records:
            by_model.setdefault(record._name, []).append(record.id)
        for name, ids in by_model.items():
            field = self._subject_field(self.env[name])
            domain = [(field, "in", ids), ("state", "in", OPEN)]
            if field == "order_id":
                domain += [("picking_id", "=", False), ("move_id", "=", False)]
            for hold in self.sudo().search(domain):
                found[name, hold[field].id] = hold
        return found

    @api.model
    def _close_passed(self, cases):
        """Close the holds of documents that pass now: their cause is gone, or a release covers them."""
        waiting = [case.record for case in cases if not case.standing or case.standing.has_holds]
        holds = self._open_of(waiting)
        if holds:
            self.sudo().union(*holds.values())._close("cured")

    def _close(self, how):
        """Close open holds without a decision of a person.

        :param str how: cured or cancelled
        """
        waiting = self.filtered(lambda one: one.state in OPEN)
        self.env["customer.approval"].sudo()._of(waiting, ["waiting", "pending"])._close_open()
        self._approval_write({"closed": how})

    def _tell(self):
        """Note the hold on its document; whose order it is and who did not see it happen gets an activity."""
        for name, holds in self.grouped(lambda hold: hold._subject()._name).items():
            bodies = {
                hold._subject().id: Markup("%s%s") % (self.env._("Held by the credit rules:"), hold.reasons)
                for hold in holds
            }
            self.env[name].sudo().browse(bodies)._message_log_batch(bodies=bodies)
        for hold in self.filtered(lambda one: one.user_id and one.user_id != one.held_by_id):
            hold.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=hold.user_id.id,
                summary=self.env._("Held by the credit rules: %s", hold.document),
            )

    @api.model
    def _refuse(self, cases):
        """:raises CreditHoldError: that says which rules these documents do not meet, and what to do"""
        texts = [
            self.env._(
                "“%(document)s” of %(payer)s does not pass the credit rules:\n%(reasons)s",
                document=case.record._credit_name(),
                payer=case.payer.display_name,
                reasons="\n".join(
                    f"- {text}" for text in self._reason_texts(case.failed, case.company.currency_id)
                ),
            )
            for case in cases
        ]
        texts.append(self.env._("Nothing was saved. Have the customer pay, or ask for a higher limit."))
        texts += dict.fromkeys(case.record._credit_way_out() for case in cases)
        raise CreditHoldError("\n\n".join(texts))

    # Reasons in words

    @api.model
    def _reason_texts(self, failed, currency):
        """Return each rule that was not met, in the language of the user.

        :param list failed: as a decision keeps it
        """
        rules = self.env["customer.credit.rule"].sudo().with_context(active_test=False)
        known = rules.browse([fail["rule"] for fail in failed or ()]).exists()
        labels = dict(rules._fields["kind"]._description_selection(self.env))
        units = rules._get_units()
        texts = []
        for fail in failed or ():
            rule = known.filtered(lambda one, fail=fail: one.id == fail["rule"])
            name = rule.name or labels.get(fail["kind"], fail["kind"])
            texts.append(self._reason_text(name, fail, units.get(fail["kind"], "none"), currency))
        return texts

    @api.model
    def _reason_text(self, name, fail, unit, currency):
        value, bound = fail["value"], fail["bound"]
        if fail["kind"] == "limit":
            return self.env._(
                "%(rule)s: %(value)s with this, %(bound)s at most, %(excess)s too much",
                rule=name,
                value=format_amount(self.env, value, currency),
                bound=format_amount(self.env, bound, currency),
                excess=format_amount(self.env, value - bound, currency),
            )
        if fail["kind"] == "expired":
            return self.env._("%(rule)s: on %(day)s", rule=name, day=format_date(self.env, value))
        if unit == "days":
            return self.env._(
                "%(rule)s: %(value)s days, %(bound)s at most", rule=name, value=value, bound=int(bound)
            )
        if unit == "percent":
            return self.env._(
                "%(rule)s: %(value)s %%, %(bound)s %% at most", rule=name, value=value, bound=bound
            )
        if unit == "money":
            return self.env._(
                "%(rule)s: %(value)s, %(bound)s at most",
                rule=name,
                value=format_amount(self.env, value, currency),
                bound=format_amount(self.env, bound, currency),
            )
        return name

    @api.model
    def _list_reasons(self, failed, currency):
        items = [Markup("<li>%s</li>") % text for text in self._reason_texts(failed, currency)]
        return Markup("<ul class='mb-0'>%s</ul>") % Markup("").join(items) if items else False

    # Releases

    @api.model
    def _releases(self, cases):
        """Return the releases in force that may cover these cases, with what each has been used for."""
        company = cases[0].company
        payers = {case.payer.id for case in cases}
        releases = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", list(payers)),
                ("state", "=", "released"),
                ("release_until", ">=", cases[0].today),
            ]
        )
        used = {release.id: {} for release in releases}
        rows = self.env["customer.credit.decision"].search_fetch(
            [("release_id", "in", releases.ids)], ["release_id", "order_id", "amount"]
        )
        for row in rows:
            used[row.release_id.id][row.order_id.id or -row.id] = row.amount
        return [(release, used[release.id]) for release in releases]

    @api.model
    def _covering(self, case, releases):
        """Return the id of a release that covers a case, or None; what it covers is used up by it."""
        currency = case.company.currency_id
        for release, used in releases:
            if release.partner_id != case.payer:
                continue
            if release.release_kind == "order":
                most = release.amount * (1 + case.company.customer_credit_release_tolerance / 100)
                same = release._subject() == case.record or (
                    release.order_id == case.order and case.order and release._subject() == case.order
                )
                fits = same and currency.compare_amounts(case.amount, most) <= 0
            elif release.release_kind == "amount":
                key = case.order.id or -case.record.id
                rest = sum(amount for order, amount in used.items() if order != key)
                fits = currency.compare_amounts(rest + case.amount, release.release_amount) <= 0
                if fits:
                    used[key] = case.amount
            else:
                fits = True
            if fits:
                return release.id
        return None

    def action_release(self):
        """Open the wizard that releases these holds."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release"),
            "res_model": "customer.credit.release",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids},
        }

    def action_ask(self):
        """Ask for the release of these holds, with the reason that they carry."""
        self.action_submit()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _grant(self, vals):
        """Release these holds as far as the current user may; the rest waits for who may.

        :param dict vals: reason, release_kind, release_amount, release_until, promise_date, condition
        :raises CreditReleaseError: when a hold cannot be released, or something is missing
        """
        self.check_access("write")
        fresh = self.filtered(lambda hold: hold.approval_state == "draft")
        fresh.write(vals)
        fresh.action_submit()
        mine = self.filtered("can_decide")
        for hold in mine.sudo() - fresh.sudo():
            hold._approval_write({**vals, "reason": hold.reason or vals["reason"]})
            hold._check_release()
        if mine:
            mine.action_approve(vals["reason"])

    def _approval_granted(self):
        """Override: the release begins, and what was held goes on by itself."""
        for hold in self:
            days = hold.company_id.customer_credit_release_days
            until = hold.release_until or fields.Date.context_today(self) + relativedelta(days=days)
            hold._approval_write({"release_until": until})
        self._go_on()
        return super()._approval_granted()

    def _approval_refused(self):
        """Override: the document says that its release was refused."""
        for hold in self:
            hold._subject()._message_log(body=self.env._("The credit release was refused."))
        return super()._approval_refused()

    def _go_on(self):
        """Confirm the orders and post the invoices; goods are shipped by the warehouse.

        What cannot go on for another reason stays as it is, and says why.
        """
        for hold in self:
            subject = hold._subject()
            try:
                with self.env.cr.savepoint():
                    if subject._name == "sale.order" and subject.state in ("draft", "sent"):
                        subject.with_context(send_email=hold.held_by_id.share).action_confirm()
                    elif subject._name == "account.move" and subject.state == "draft":
                        subject.action_post()
                    else:
                        subject._message_log(body=self.env._("Released by credit: it can be shipped."))
            except UserError as error:
                subject._message_log(body=self.env._("Released by credit, but it could not go on: %s", error))
