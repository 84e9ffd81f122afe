from odoo import api, fields, models
from odoo.fields import Domain

from .service_clock_row import TARGETS

STATES = [
    ("green", "In Time"),
    ("amber", "Nearly Due"),
    ("red", "Late"),
    ("waiting", "Waiting for the Customer"),
]


class CustomerServiceClockMixin(models.AbstractModel):
    """For documents that customers wait for: what is promised to them, by when, and whether it was kept.

    A document has ``company_id``, and what of ``team_id``, ``severity``, ``kind_id``, ``user_id`` and
    ``commercial_partner_id`` it knows. It names the models of its rows in ``_clock_names`` and adds::

        clock_ids = fields.One2many("....clock", "document_id")
        pause_ids = fields.One2many("....pause", "document_id")
        reminder_ids = fields.One2many("....reminder", "document_id")

    and calls ``_clock_take(event)`` with what happens to it.
    """

    _name = "customer.service.clock.mixin"
    _description = "Document with Service Levels"

    # The models of clock, pause and reminder; which levels apply.
    _clock_names = ()
    _clock_applies_to = "complaint"
    # A document with steps refuses that somebody writes them.
    _step_fields = (
        "service_level_id",
        "date_response_due",
        "date_update_due",
        "date_due",
        "clock_warn_on",
        "clock_due_on",
        "clock_target",
        "clock_state",
    )

    service_level_id = fields.Many2one(
        "customer.service.level",
        compute="_compute_service_level_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )
    date_response_due = fields.Datetime("Answer Due", compute="_compute_clock", store=True)
    date_update_due = fields.Datetime("Next Word Due", compute="_compute_clock", store=True)
    date_due = fields.Datetime("Solution Due", compute="_compute_clock", store=True, index="btree_not_null")
    clock_warn_on = fields.Datetime("Amber From", compute="_compute_clock", store=True)
    clock_due_on = fields.Datetime(
        "Next Due",
        compute="_compute_clock",
        store=True,
        index="btree_not_null",
        help="The earliest promise that is still to be kept; none while it waits for the customer in time.",
    )
    clock_target = fields.Selection(TARGETS, "What Is Due", compute="_compute_clock", store=True)
    clock_state = fields.Selection(
        STATES,
        "Clock",
        compute="_compute_clock",
        store=True,
        index="btree_not_null",
        help="Amber from 80 % of the promised time on.",
    )

    @api.model
    def _clock_models(self):
        """Return the models whose documents have a clock."""
        names = self.env.registry.descendants(["customer.service.clock.mixin"], "_inherit")
        return [self.env[name] for name in names if not self.env[name]._abstract]

    @api.model
    def _clock_rows(self):
        """Return the model of the promised times of this model's documents."""
        return self.env[self._clock_names[0]]

    @api.model
    def _clock_again(self, records, name):
        """Have a stored field of documents or of their rows computed again, and all that hangs on it."""
        self.env.add_to_compute(records._fields[name], records)
        records.modified([name])

    @api.model
    def _clock_open_domain(self):
        """Return the filter of the documents to which something is still promised."""
        return Domain("clock_ids", "any", [("date_done", "=", False)])

    def _clock_calendar(self):
        """Hook: return the working hours by which a document runs: those of its team, or of its company."""
        team = self.team_id if "team_id" in self._fields else None
        if team:
            return team._calendar(self.company_id)
        return self.company_id.resource_calendar_id

    def _clock_facts(self):
        """Hook: return what decides the level of a document, see ``customer.service.level._best``."""
        self.ensure_one()
        facts = {"grade_id": False}
        for name in ("severity", "kind_id", "team_id"):
            value = self[name] if name in self._fields else False
            facts[name] = getattr(value, "id", value)
        if "commercial_partner_id" in self._fields:
            customer = self.commercial_partner_id.sudo().with_company(self.company_id.root_id)
            facts["grade_id"] = customer.customer_grade_id.id
        return facts

    def _clock_seconds(self, target, level, hours_per_day):
        """Hook: return how long a promise to a document is, in seconds of its clock; None for no promise."""
        return level._seconds(target, hours_per_day)

    def _clock_pauses(self):
        """Return when the clock of a document stood still: (from, to or None), in order."""
        rows = self.pause_ids.sorted("date_from")
        return [(row.date_from, row.date_to or None) for row in rows]

    @api.model
    def _level_depends(self):
        """Return what of a document decides its level."""
        names = ("severity", "kind_id", "team_id", "company_id", "commercial_partner_id")
        return tuple(name for name in names if name in self._fields)

    @api.depends(lambda self: self._level_depends())
    def _compute_service_level_id(self):
        for company, documents in self.grouped("company_id").items():
            levels = self.env["customer.service.level"]._of_company(company, self._clock_applies_to)
            for document in documents:
                document.service_level_id = levels._best(document._clock_facts())

    @api.depends(
        "clock_ids.date_due",
        "clock_ids.date_warn",
        "clock_ids.date_done",
        "clock_ids.verdict",
        "pause_ids.date_to",
    )
    def _compute_clock(self):
        now = fields.Datetime.now()
        for document in self:
            rows = document.clock_ids
            last = max(rows.mapped("period"), default=1)
            rows = rows.filtered(lambda row, last=last: row.period == last).sorted("id")
            due = {row.target: row.date_due for row in rows}
            ahead = rows.filtered(lambda row: not row.date_done and row.date_due).sorted("date_due")
            document.date_response_due = due.get("response")
            document.date_update_due = ahead.filtered(lambda row: row.target == "update").date_due
            document.date_due = due.get("resolution")
            state = document._clock_state(ahead, now)
            stands = state == "waiting" or not ahead
            document.clock_state = state
            document.clock_target = ahead[:1].target
            document.clock_due_on = False if stands else ahead[0].date_due
            document.clock_warn_on = False if stands else min(ahead.mapped("date_warn"))

    def _clock_state(self, ahead, now):
        """Return the colour of a document's clock; False when nothing is promised any more."""
        if not ahead:
            return False
        waits = any(not pause.date_to for pause in self.pause_ids)
        if "missed" in ahead.mapped("verdict") or (not waits and min(ahead.mapped("date_due")) < now):
            return "red"
        if waits:
            return "waiting"
        return "amber" if min(ahead.mapped("date_warn")) <= now else "green"
