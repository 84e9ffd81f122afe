from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .complaint import STAGES

# Where each stage is drawn (column, row): the handbook's way from listening to following up.
PLACES = {
    "listen": (0, 0),
    "confirm": (1, 0),
    "assess": (2, 0),
    "agree": (2, 1),
    "carry_out": (1, 1),
    "follow_up": (0, 1),
    "settled": (0, 2),
    "rejected": (1, 2),
    "withdrawn": (2, 2),
    "waiting": (3, 0),
    "late": (3, 1),
}
LINE = ("listen", "confirm", "assess", "agree", "carry_out", "follow_up", "settled")
EDGES = [*zip(LINE, LINE[1:], strict=False)]
ACTION = "customer_service.complaint_action_list"


class CustomerComplaint(models.Model):
    """The drawn flow of complaints: how many are at each stage, how long they take there, how many too long. (8.5)"""

    _name = "customer.complaint"
    _inherit = ["customer.complaint", "customer.flow.mixin"]

    @api.model
    def _flow_shape(self):
        """Override of `customer.flow.mixin`: the stages."""
        return PLACES, EDGES

    @api.model
    def _flow_names(self):
        """Override of `customer.flow.mixin`: the stages, and how complaints end."""
        labels = dict(self._fields["stage"]._description_selection(self.env))
        kinds = {"listen": "entry", "confirm": "entry", "assess": "decision", "agree": "decision"}
        steps = {
            code: (labels[code], kinds.get(code, "running")) for code, _name in STAGES if code != "closed"
        }
        ends = {
            "settled": (self.env._("Settled"), "running"),
            "rejected": (self.env._("Rejected"), "leaving"),
            "withdrawn": (self.env._("Withdrawn"), "leaving"),
            "waiting": (self.env._("Waiting"), "entry"),
            "late": (self.env._("Late"), "leaving"),
        }
        return {**steps, **ends}

    @api.model
    def _flow_lists(self):
        """Override of `customer.flow.mixin`: the complaints at each stage, and how those of a month ended."""
        company = Domain("company_id", "in", self.env.companies.ids)
        domains = {code: Domain("stage", "=", code) for code, _name in STAGES if code != "closed"}
        for outcomes in (("settled",), ("rejected",), ("withdrawn", "duplicate")):
            ended = Domain("outcome", "in", outcomes) & Domain("date_closed", ">=", "today -30d")
            domains[outcomes[0]] = ended
        domains["waiting"] = Domain("waiting_since", "!=", False)
        domains["late"] = Domain("clock_due_on", "<", "now")
        return {
            code: (ACTION, "customer.complaint", list(company & domain)) for code, domain in domains.items()
        }

    @api.model
    def _flow_notes(self):
        """Override of `customer.flow.mixin`: average and longest time at a stage, and how many are there too long.

        The times are those of a year, of complaints that the user may see; who is there now counts until now.
        """
        notes = dict.fromkeys(("settled", "rejected", "withdrawn"), (self.env._("in 30 days"), False))
        notes["waiting"] = (self.env._("for the customer"), False)
        for stage, average, longest, late in self._flow_times():
            note = self.env._("ø %(average).1f d, max %(longest).1f d", average=average, longest=longest)
            alarm = self.env._("⚠ %s too long", late) if late else False
            notes[stage] = (note, alarm)
        return notes

    @api.model
    def _flow_times(self):
        """Return (stage, average days, longest days, complaints there for too long now) of the past year."""
        stages = self.env["customer.complaint.stage"]
        now = fields.Datetime.now()
        stages.flush_model()
        domain = (
            Domain("stage", "!=", "closed")
            & Domain("company_id", "in", self.env.companies.ids)
            & (Domain("left_on", "=", False) | Domain("left_on", ">=", "now -1y"))
        )
        query = stages._search(domain)
        days = SQL(
            "EXTRACT(EPOCH FROM COALESCE(%(table)s.left_on, %(now)s) - %(table)s.entered_on) / 86400.0",
            table=SQL.identifier(query.table),
            now=now,
        )
        return self.env.execute_query(
            SQL(
                "SELECT %(t)s.stage, AVG(GREATEST(%(days)s, 0))::float, MAX(GREATEST(%(days)s, 0))::float, "
                "COUNT(*) FILTER (WHERE %(t)s.left_on IS NULL AND %(t)s.date_due < %(now)s) "
                "FROM %(tables)s WHERE %(where)s GROUP BY 1",
                t=SQL.identifier(query.table),
                days=days,
                now=now,
                tables=query.from_clause,
                where=query.where_clause or SQL("TRUE"),
            )
        )
