from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..tools.rebate_math import exact


class CustomerDealerResidual(models.Model):
    """What a dealer goes on to earn in a territory that it gave up: a declining part of the rebate for some years.

    It is paid beside the rebate of the new dealer, on what the new dealer buys there.
    """

    _name = "customer.dealer.residual"
    _description = "Residual Rebate"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "dealer_id"
    _check_company_auto = True

    dealer_id = fields.Many2one(
        "customer.dealer",
        string="Former Dealer",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    user_id = fields.Many2one(related="dealer_id.user_id")
    successor_id = fields.Many2one(
        "customer.dealer",
        string="New Dealer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    area_id = fields.Many2one(
        "customer.area",
        string="Former Territory",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Deliveries of the new dealer in this area count; empty: all it buys.",
        tracking=True,
    )
    plan_id = fields.Many2one(
        "customer.dealer.rebate.plan",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="In the former dealer's statements of this plan it is paid, at this plan's rates.",
        tracking=True,
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date(string="To", compute="_compute_date_to", store=True)
    year_ids = fields.One2many(
        "customer.dealer.residual.year",
        "residual_id",
        string="Years",
        copy=True,
        default=lambda self: [
            Command.create({"year": 1, "percent": 100}),
            Command.create({"year": 2, "percent": 50}),
        ],
    )
    years = fields.Char(string="Paid", compute="_compute_years")
    line_ids = fields.One2many("customer.dealer.rebate.line", "residual_id", string="Paid in Statements")
    reason = fields.Char()

    _two_dealers = models.Constraint(
        "CHECK(dealer_id <> successor_id)", "The former and the new dealer are not the same."
    )

    @api.depends("date_from", "year_ids.year")
    def _compute_date_to(self):
        for one in self:
            years = max(one.year_ids.mapped("year"), default=0)
            one.date_to = one.date_from and fields.Date.add(one.date_from, years=years, days=-1)

    @api.depends("year_ids.year", "year_ids.percent")
    def _compute_years(self):
        for one in self:
            one.years = " / ".join(f"{year.percent:g} %" for year in one.year_ids.sorted("year"))

    @api.constrains("plan_id", "year_ids")
    def _check_years(self):
        for one in self:
            if not one.year_ids:
                raise ValidationError(
                    self.env._("Say for each year how much of the rebate %s keeps.", one.partner_id.name)
                )

    def write(self, vals):
        """Override of `base`: what statements were made by stays; only the note of the reason may change."""
        if not set(vals) <= {"reason", "date_to"} and self.sudo().line_ids.statement_id.filtered(
            lambda one: one.approval_state != "draft"
        ):
            raise ValidationError(
                self.env._("A checked statement rests on this residual rebate: it stays as it is.")
            )
        return super().write(vals)

    @api.model
    def _found(self, company, statements, spans, settled):
        """Return the residual rebates in statements: ``{key: [(residual id, base, percent)]}``.

        :param settled: statements whose base is recomputed, under the key ``-id``
        """
        rows = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("dealer_id", "in", statements.dealer_id.ids),
                ("plan_id", "in", statements.plan_id.ids),
            ]
        )
        if not rows:
            return {}
        days = {one.id: (one, *spans[one.id][:2]) for one in statements}
        days |= {-one.id: (one, one.base_from, one.base_to) for one in settled}
        by_pair = rows.grouped(lambda one: (one.plan_id, one.dealer_id))
        asked = []
        for key, (statement, first, last) in days.items():
            for residual in by_pair.get((statement.plan_id, statement.dealer_id), ()):
                asked += [(key, residual, *part) for part in residual._parts(first, last)]
        bases = self._bases(company, asked)
        found = {}
        for number, (key, residual, _first, _last, percent) in enumerate(asked):
            found.setdefault(key, []).append((residual.id, exact(bases.get(number, 0)), exact(percent)))
        return found

    def _parts(self, first, last):
        """Return the parts of a period by year of the agreement: ``(first, last, percent)``."""
        self.ensure_one()
        found = []
        for year in self.year_ids.sorted("year"):
            begin = max(first, fields.Date.add(self.date_from, years=year.year - 1))
            end = min(last, fields.Date.add(self.date_from, years=year.year, days=-1))
            if begin <= end and year.percent:
                found.append((begin, end, year.percent))
        return found

    @api.model
    def _bases(self, company, asked):
        """Return the sales of the successors in each part: ``{number: amount}``."""
        scopes = [
            (number, residual.successor_id.id, residual.plan_id.id, first, last)
            for number, (_key, residual, first, last, _percent) in enumerate(asked)
        ]
        residuals = self.union(*(row[1] for row in asked))
        places = residuals._places()
        addresses = {number: places[row[1]] for number, row in enumerate(asked)}
        return self.env["customer.dealer.rebate.base"]._residual_bases(company, scopes, addresses)

    def _places(self):
        """Return which addresses of the successors lie in the former territories; None where all count."""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        with_area = self.filtered("area_id")
        family = partners.search([("commercial_partner_id", "in", with_area.successor_id.partner_id.ids)])
        lies = self.env["customer.area"]._locate(family, self[:1].company_id) if family else {}
        found = dict.fromkeys(self)
        for one in with_area:
            path = one.area_id.parent_path
            found[one] = [
                place.id
                for place in family
                if place.commercial_partner_id == one.successor_id.partner_id
                and (lies[place.id].sudo().parent_path or "").startswith(path)
            ]
        return found


class CustomerDealerResidualYear(models.Model):
    """How much of the rebate a former dealer keeps in a year."""

    _name = "customer.dealer.residual.year"
    _description = "Year of a Residual Rebate"
    _order = "residual_id, year"

    residual_id = fields.Many2one("customer.dealer.residual", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="residual_id.company_id", store=True, index=True)
    year = fields.Integer(required=True, help="1 is the first year.")
    percent = fields.Float(string="Part of the Rebate (%)", required=True)

    _year_unique = models.UniqueIndex("(residual_id, year)", "A year stands once in a residual rebate.")
    _sensible = models.Constraint(
        "CHECK(year >= 1 AND percent >= 0 AND percent <= 100)", "Years count from 1, parts from 0 to 100 %."
    )
