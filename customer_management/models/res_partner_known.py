from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ..exceptions import UnknownTileError

LATE = [("is_overdue", "=", True)]


class ResPartner(models.Model):
    """What we know: the few figures about a customer that everybody looks for first.

    An addon adds a tile by overriding ``_customer_known`` and a method ``_open_known_<key>`` that opens
    the documents behind it.
    """

    _inherit = "res.partner"

    customer_known = fields.Json(
        string="What We Know",
        compute="_compute_customer_known",
        groups="customer_management.group_customer_user",
    )

    @api.depends_context("company", "lang", "uid")
    def _compute_customer_known(self):
        for partner in self:
            customer = partner.commercial_partner_id
            known = customer == partner and (partner.customer_rank > 0 or partner.customer_grade_id)
            partner.customer_known = {"tiles": partner._customer_known()} if known and partner.id else False

    def _customer_known(self):
        """Return the tiles of the panel, in order.

        :return: dicts of ``key``, ``title``, ``value`` (what the eye sees first), ``note`` (what it means),
            ``tone`` (good, warning, danger or none), and for a course over time ``months`` (numbers)
        """
        self.ensure_one()
        return [
            self._known_grade(),
            self._known_revenue(),
            self._known_alerts(),
            self._known_visit(),
            self._known_open_points(),
        ]

    def _known_grade(self):
        """Return the tile of the grade: where it came from, and when."""
        tile = {"key": "grade", "title": self.env._("Grade"), "value": self.customer_grade_id.name or "–"}
        last = self.customer_grade_history_ids.filtered(
            lambda row: row.company_id == self.env.company and row.grade_id == self.customer_grade_id
        )[:1]
        if not last:
            return {**tile, "note": "" if self.customer_grade_id else self.env._("Not graded yet")}
        before, now = last.previous_grade_id, last.grade_id
        since = format_date(self.env, last.date)
        if not before or before.scheme_id != now.scheme_id:
            return {**tile, "note": self.env._("since %s", since)}
        better = (now.sequence, now.id) < (before.sequence, before.id)
        note = self.env._("up from %(grade)s, %(date)s", grade=before.name, date=since)
        if not better:
            note = self.env._("down from %(grade)s, %(date)s", grade=before.name, date=since)
        return {**tile, "note": note, "tone": "good" if better else "warning"}

    def _known_revenue(self):
        """Return the tile of the net sales of twelve months, month by month, against the twelve before."""
        metrics, today = self.env["customer.metric"].sudo(), fields.Date.context_today(self)
        values = metrics._evaluate(["revenue", "growth"], today, partners=self).get(self.id, {})
        months = metrics._series("revenue", today, partners=self).get(self.id, [])
        growth = values.get("growth")
        tile = {
            "key": "revenue",
            "title": self.env._("Net Sales, 12 Months"),
            "value": format_amount(self.env, float(values.get("revenue") or 0), self.env.company.currency_id),
            "months": [float(value or 0) for value in months],
        }
        if growth is None:
            return tile
        note = self.env._("%s %% against the year before", f"{float(growth) * 100:+.0f}")
        return {**tile, "note": note, "tone": "good" if growth > 0 else "warning" if growth < 0 else ""}

    def _known_alerts(self):
        """Return the tile of the alerts that count: how endangered the customer is."""
        levels = dict(self._fields["customer_alert_level"]._description_selection(self.env))
        level, count = self.customer_alert_level, self.customer_alert_count
        note = self.env._("%s alerts", count) if count != 1 else self.env._("1 alert")
        return {
            "key": "alerts",
            "title": self.env._("Alert Level"),
            "value": levels[level],
            "note": note if count else self.env._("no alert"),
            "tone": "good" if level == "normal" else level,
        }

    def _known_open_points(self):
        """Return the tile of what was agreed in plans and is still to be done."""
        lines = self.env["customer.plan.line"]
        count, late = (lines.search_count([*self._open_points_domain(), *more]) for more in ([], LATE))
        note = self.env._("%s overdue", late) if late else self.env._("nothing overdue") if count else ""
        return {
            "key": "open_points",
            "title": self.env._("Open Measures"),
            "value": str(count),
            "note": note,
            "tone": "danger" if late else "",
        }

    def _open_points_domain(self):
        return [
            ("partner_id", "=", self.id),
            ("company_id", "=", self.env.company.id),
            ("state", "=", "open"),
            ("plan_id.state", "=", "running"),
        ]

    def _known_visit(self):
        """Return the tile of the next meeting with the customer."""
        meeting = self._next_meeting()
        tile = {"key": "visit", "title": self.env._("Next Visit")}
        if meeting:
            day = fields.Datetime.context_timestamp(self, meeting.start).date()
            return {**tile, "value": format_date(self.env, day), "note": meeting.name}
        days = self.sudo().customer_grade_id.visit_interval_days
        note = self.env._("every %s days by its grade", days) if days else ""
        return {**tile, "value": self.env._("None planned"), "note": note, "tone": "warning" if days else ""}

    def _next_meeting(self):
        """Return the next meeting with anybody of the customer, as far as the user may see it."""
        people = self.search([("commercial_partner_id", "=", self.id)])
        domain = [("partner_ids", "in", people.ids), ("start", ">=", fields.Datetime.now())]
        return self.env["calendar.event"].search(domain, order="start", limit=1)

    def action_open_known(self, key):
        """Open the documents behind a tile.

        :param str key: the tile's key
        :raises UnknownTileError: when there is no such tile
        """
        self.ensure_one()
        self.check_access("read")
        opener = getattr(self, f"_open_known_{key}", None) if isinstance(key, str) else None
        if not opener:
            raise UnknownTileError(self.env._("“%s” shows no documents.", key))
        return opener()

    def _open_known_grade(self):
        """Show how the customer ranked in each grading."""
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_result_action")
        return {
            **action,
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
            "display_name": self.display_name,
        }

    def _open_known_revenue(self):
        """Show the invoices and credit notes behind the net sales."""
        first = self.env["customer.metric"]._scope(fields.Date.context_today(self)).date_from
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices of %s", self.display_name),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("commercial_partner_id", "=", self.id),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("state", "=", "posted"),
                ("date", ">=", first),
                ("company_id", "child_of", self.env.company.id),
            ],
        }

    def _open_known_alerts(self):
        """Show the alerts of the customer."""
        return self.action_open_customer_alerts()

    def _open_known_open_points(self):
        """Show the measures that are still to be done."""
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.plan_line_action")
        return {
            **action,
            "domain": self._open_points_domain(),
            "context": {},
            "display_name": self.display_name,
        }

    def _open_known_visit(self):
        """Show the calendar with the customer as attendee."""
        return {**self.schedule_meeting(), "display_name": self.display_name}
