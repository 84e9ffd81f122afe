from odoo import api, fields, models

from ..models.satisfaction_score import MEASURES
from ..models.survey_question import AREAS, PARTS

SEGMENTS = [
    ("grade_id", "Grade"),
    ("area_id", "Area"),
    ("user_id", "Salesperson"),
    ("category", "Product Category"),
]
# Of the segments with most answers so many are shown.
MOST = 12


class CustomerSatisfactionOverview(models.TransientModel):
    """The index on one page: each part of a wave beside the wave before, the competitors and the goal."""

    _name = "customer.satisfaction.overview"
    _description = "Satisfaction Overview"

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    wave_id = fields.Many2one(
        "customer.satisfaction.wave",
        default=lambda self: self._last_wave(),
        domain="[('company_id', '=', company_id), ('state', '!=', 'draft')]",
    )
    previous_id = fields.Many2one(
        "customer.satisfaction.wave",
        string="Compared With",
        compute="_compute_previous_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('state', '!=', 'draft'), ('id', '!=', wave_id)]",
    )
    grade_id = fields.Many2one("customer.grade", string="Only Grade")
    user_id = fields.Many2one("res.users", string="Only Salesperson", domain=[("share", "=", False)])
    by_sales = fields.Boolean(
        "Weighted by Sales",
        help="Each customer weighs what it bought in twelve months, else each answer the same.",
    )
    segment = fields.Selection(SEGMENTS, string="Segments By", required=True, default="grade_id")
    chart = fields.Json(compute="_compute_figures")
    figures = fields.Html(compute="_compute_figures", sanitize=False)
    segments = fields.Html(compute="_compute_segments", sanitize=False)
    details = fields.Html(compute="_compute_details", sanitize=False)

    @api.model
    def _last_wave(self):
        """Return the wave that was closed last, or else one that runs."""
        waves = self.env["customer.satisfaction.wave"]
        domain = [("company_id", "=", self.env.company.id)]
        return waves.search([*domain, ("state", "=", "closed")], limit=1) or waves.search(
            [*domain, ("state", "=", "running")], limit=1
        )

    @api.depends("wave_id")
    def _compute_previous_id(self):
        for overview in self:
            overview.previous_id = overview.wave_id and overview.wave_id._previous()

    @api.depends("wave_id", "grade_id")
    def _compute_display_name(self):
        for overview in self:
            overview.display_name = overview.wave_id.name or self.env._("Satisfaction Index")

    def _domain(self, wave, about="own"):
        """Return which scores are counted."""
        domain = [("wave_id", "=", wave.id), ("about", "=", about)]
        if self.grade_id:
            domain.append(("grade_id", "=", self.grade_id.id))
        if self.user_id:
            domain.append(("user_id", "=", self.user_id.id))
        return domain

    def _measured(self, wave, about="own"):
        """Return the figures of a wave: ``{measure: result}``."""
        if not wave:
            return {}
        scores = self.env["customer.satisfaction.score"]
        day = min(wave.date_to, fields.Date.context_today(self))
        return scores._index(self._domain(wave, about), by_sales=self.by_sales, date_to=day).get(False, {})

    @api.depends("wave_id", "previous_id", "grade_id", "user_id", "by_sales")
    def _compute_figures(self):
        for overview in self:
            now = overview._measured(overview.wave_id)
            before = overview._measured(overview.previous_id)
            rival = overview._measured(overview.wave_id, "rival")
            overview.chart = overview._chart(now, before, rival)
            overview.figures = self.env["ir.qweb"]._render(
                "customer_service.satisfaction_figures",
                {
                    "wave": overview.wave_id,
                    "previous": overview.previous_id,
                    "goal": overview.company_id.customer_satisfaction_goal,
                    "totals": overview._rows(now, before, rival, "total"),
                    "parts": overview._rows(now, before, rival, "part"),
                    "areas": overview._rows(now, before, rival, "area"),
                    "number": overview._number,
                },
            )

    def _rows(self, now, before, rival, kind):
        """Return a row for each measure of a kind that anybody answered."""
        names = dict(PARTS if kind == "part" else AREAS if kind == "area" else ())
        labels = dict(
            self.env["customer.satisfaction.score"]._fields["measure"]._description_selection(self.env)
        )
        wanted = [
            code
            for code, _label in MEASURES
            if code in names or (kind == "total" and not self._is_part(code))
        ]
        rows = []
        for code in wanted:
            if code not in now:
                continue
            score, earlier, other = (side.get(code, {}).get("score") for side in (now, before, rival))
            rows.append(
                {
                    "code": code,
                    "name": labels[code],
                    **now[code],
                    "before": earlier,
                    "change": self._difference(score, earlier),
                    "rival": other,
                    "lead": self._difference(score, other),
                }
            )
        return rows

    @api.model
    def _is_part(self, code):
        return code in dict(PARTS) or code in dict(AREAS)

    @api.model
    def _difference(self, score, other):
        return None if score is None or other is None else score - other

    @api.model
    def _number(self, value, sign=False):
        """Return a figure with one decimal, a dash for none."""
        if value is None:
            return "–"
        text = f"{abs(value):.1f}"
        prefix = "−" if value < 0 and text != "0.0" else "+" if sign and text != "0.0" else ""
        return prefix + text

    def _chart(self, now, before, rival):
        """Return the parts as a radar: this wave, the one before, the competitors."""
        labels = dict(
            self.env["customer.satisfaction.score"]._fields["measure"]._description_selection(self.env)
        )
        axes = [code for code, _label in PARTS if now.get(code, {}).get("score") is not None]
        sides = (
            (self.wave_id.name, now),
            (self.previous_id.name, before),
            (self.env._("Competitors"), rival),
        )
        series = [
            {
                "name": name,
                "values": [
                    None if side.get(code, {}).get("score") is None else round(side[code]["score"], 1)
                    for code in axes
                ],
            }
            for name, side in sides
            if any(side.get(code, {}).get("score") is not None for code in axes)
        ]
        return {"axes": [labels[code] for code in axes], "series": series}

    @api.depends("wave_id", "grade_id", "user_id", "by_sales", "segment")
    def _compute_segments(self):
        scores = self.env["customer.satisfaction.score"]
        for overview in self:
            groups = {}
            if overview.wave_id:
                groups = scores._index(
                    overview._domain(overview.wave_id), overview.segment, by_sales=overview.by_sales
                )
            labels = dict(scores._fields["measure"]._description_selection(self.env))
            codes = [code for code, _label in MEASURES if any(code in found for found in groups.values())]
            codes = [code for code in ("acsi", "index", "nps", *dict(PARTS)) if code in codes]
            ranked = sorted(
                groups.items(), key=lambda one: -max(result["count"] for result in one[1].values())
            )
            overview.segments = self.env["ir.qweb"]._render(
                "customer_service.satisfaction_segments",
                {
                    "heads": [labels[code] for code in codes],
                    "rows": [
                        (
                            group.display_name if group else self.env._("None"),
                            max(result["count"] for result in found.values()),
                            [found.get(code) for code in codes],
                        )
                        for group, found in ranked[:MOST]
                    ],
                    "number": overview._number,
                },
            )

    @api.depends("wave_id", "grade_id", "user_id")
    def _compute_details(self):
        places = {
            "fix": (self.env._("Fix first"), "danger"),
            "keep": (self.env._("Keep it up"), "success"),
            "low": (self.env._("Low priority"), "secondary"),
            "overdone": (self.env._("Perhaps overdone"), "info"),
        }
        for overview in self:
            questions, rivals = [], []
            if overview.wave_id:
                domain = overview._domain(overview.wave_id)
                questions = self.env["customer.satisfaction.answer"]._quadrant(domain)
                rivals = self.env["customer.satisfaction.score"]._rivals(domain[:1] + domain[2:])
            overview.details = self.env["ir.qweb"]._render(
                "customer_service.satisfaction_details",
                {"questions": questions, "rivals": rivals, "places": places, "number": overview._number},
            )

    def action_answers(self):
        """Open the answers that the figures are made of."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("customer_service.satisfaction_answer_action")
        action["domain"] = self._domain(self.wave_id)
        action["context"] = {"search_default_group_part": 1, "search_default_group_question": 1}
        return action

    def action_trend(self):
        """Open the index over all waves."""
        return self.env["ir.actions.act_window"]._for_xml_id("customer_service.satisfaction_trend_action")
