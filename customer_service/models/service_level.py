from odoo import api, fields, models

from .complaint_finding import SEVERITIES

UNITS = [("none", "No Promise"), ("hours", "Hours"), ("days", "Working Days")]
# What a level may ask for; the more of it, the more it is about this very case.
MATCHED = ("grade_id", "severity", "kind_id", "team_id", "company_id")
PROMISES = ("response", "update", "resolution")


class CustomerServiceLevel(models.Model):
    """What a customer may expect: by when it is answered, told more, and has its solution.

    Of the levels that fit a case the one that asks for most wins; of equal ones the first in order.
    """

    _name = "customer.service.level"
    _description = "Service Level"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    applies_to = fields.Selection(
        [("complaint", "Complaints"), ("request", "Service Requests")], required=True, default="complaint"
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    grade_id = fields.Many2one(
        "customer.grade",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Of the customer. Empty: for customers of any grade, and of none.",
    )
    severity = fields.Selection(SEVERITIES, help="Empty: whatever the severity.")
    kind_id = fields.Many2one(
        "customer.complaint.kind", index="btree_not_null", ondelete="cascade", check_company=True
    )
    team_id = fields.Many2one(
        "customer.service.team", index="btree_not_null", ondelete="cascade", check_company=True
    )
    is_by_clock = fields.Boolean(
        "Day and Night", help="Counted by the clock, at night and on holidays too, and not in working hours."
    )
    response = fields.Float("First Answer Within", help="Of a person, not of a machine.")
    response_unit = fields.Selection(UNITS, required=True, default="hours")
    update_every = fields.Float(
        "Next Word Within", help="Since the customer was told something the last time."
    )
    update_unit = fields.Selection(UNITS, required=True, default="none")
    resolution = fields.Float("Solution Within")
    resolution_unit = fields.Selection(UNITS, required=True, default="days")

    _times_positive = models.Constraint(
        "CHECK((response_unit = 'none' OR response > 0) AND (update_unit = 'none' OR update_every > 0) "
        "AND (resolution_unit = 'none' OR resolution > 0))",
        "A promised time is more than 0. Choose “No Promise” where nothing is promised.",
    )

    @api.model
    def _fields_matched(self):
        """Return the fields that decide which level a case has."""
        return {"active", "sequence", "applies_to", *MATCHED}

    @api.model
    def _of_company(self, company, applies_to):
        """Return the levels that a company, or branch, has for a sort of document, as the system."""
        companies = [False, *company.sudo().parent_ids.ids]
        return self.sudo().search([("company_id", "in", companies), ("applies_to", "=", applies_to)])

    def _best(self, facts):
        """Return the level of these that fits a case best.

        :param dict facts: the id or value of each of ``grade_id, severity, kind_id, team_id``
        """
        chosen, most = self.browse(), -1
        for level in self:
            asked = {name: getattr(level[name], "id", level[name]) for name in MATCHED if level[name]}
            # Those of other companies are not among these; a branch has the levels of its company.
            fits = all(facts.get(name) == value for name, value in asked.items() if name != "company_id")
            if fits and len(asked) > most:
                chosen, most = level, len(asked)
        return chosen

    def _seconds(self, promise, hours_per_day):
        """Return how long a promise is, in seconds of the clock; None when nothing is promised.

        :param str promise: response, update or resolution
        :param float hours_per_day: working hours that make a working day; by the clock it has 24
        """
        unit = self[f"{promise}_unit"] if self else "none"
        if unit == "none":
            return None
        length = self["update_every" if promise == "update" else promise]
        hours = length * (24 if self.is_by_clock else hours_per_day) if unit == "days" else length
        return round(hours * 3600)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new level may be the one of open cases."""
        levels = super().create(vals_list)
        self._clocks_changed()
        return levels

    def write(self, vals):
        """Override of `base`: open cases may get another level."""
        result = super().write(vals)
        if self._fields_matched() & set(vals):
            self._clocks_changed()
        return result

    def unlink(self):
        """Override of `base`: open cases get the next best level."""
        result = super().unlink()
        self._clocks_changed()
        return result

    @api.model
    def _clocks_changed(self):
        """Look up the level of every open case again."""
        for model in self.env["customer.service.clock.mixin"]._clock_models():
            documents = model.sudo().search(model._clock_open_domain())
            model._clock_again(documents, "service_level_id")
