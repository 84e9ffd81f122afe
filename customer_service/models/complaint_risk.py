from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .complaint_action_check import NOT_COUNTED

# How many complaints a year make it likely: single, some, many, systematic (domain 8.3).
OFTEN = ((1, 1), (3, 2), (6, 3))
# Days after a prevention from which on its effect is shown.
EFFECT_DAYS = 30


class CustomerComplaintRisk(models.Model):
    """A complaint that may come up: how often it did, how bad it is, and what prevents it. (form 8.7)"""

    _name = "customer.complaint.risk"
    _description = "Possible Complaint"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "impact desc, sequence, id"
    _check_company_auto = True

    name = fields.Char("Possible Complaint", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    process = fields.Selection(
        [
            ("offer", "Offer and Order"),
            ("purchase", "Purchase"),
            ("making", "Making"),
            ("warehouse", "Warehouse"),
            ("delivery", "Shipment"),
            ("installation", "Installation"),
            ("invoice", "Invoice"),
            ("service", "Service"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        index=True,
    )
    kind_id = fields.Many2one(
        "customer.complaint.kind", index="btree_not_null", ondelete="restrict", check_company=True
    )
    cause_id = fields.Many2one(
        "customer.complaint.cause", index="btree_not_null", ondelete="restrict", check_company=True
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", ondelete="restrict", check_company=True
    )
    impact = fields.Selection(
        [
            ("1", "Looks or Service"),
            ("2", "Function"),
            ("3", "Stops Production, or a Large Part"),
            ("4", "Safety, Law or Press"),
        ],
        required=True,
        default="1",
    )
    reason = fields.Char("Why It May Happen")
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_department_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    action_ids = fields.One2many("customer.complaint.action", "risk_id", string="Preventions")
    prevention = fields.Char(compute="_compute_prevention", help="What is planned or done against it.")
    date_due = fields.Date(
        "Due", compute="_compute_prevention", help="Of the first prevention still planned."
    )
    has_frequency = fields.Boolean(compute="_compute_figures")
    frequency = fields.Integer("A Year", compute="_compute_figures", help="Complaints in the last 12 months.")
    likelihood = fields.Integer(compute="_compute_figures", help="1 single, 2 some, 3 many, 4 systematic.")
    risk = fields.Integer(compute="_compute_figures", help="Impact times likelihood: 1 to 16.")
    has_effect = fields.Boolean(compute="_compute_figures")
    effect = fields.Float(
        compute="_compute_figures",
        help="Change of the complaints a month since the first prevention, against the year before it.",
    )

    @api.depends("cause_id")
    def _compute_department_id(self):
        for risk in self:
            risk.department_id = risk.department_id or risk.cause_id.department_id

    @api.depends("action_ids.state", "action_ids.name", "action_ids.date_due")
    def _compute_prevention(self):
        for risk in self:
            alive = risk.action_ids.filtered(lambda action: action.state not in ("dropped", "ineffective"))
            planned = alive.filtered(lambda action: action.state == "planned")
            risk.prevention = "; ".join(alive.mapped("name")) or False
            risk.date_due = min(planned.mapped("date_due"), default=False)

    @api.depends("kind_id", "cause_id", "product_id", "impact", "action_ids.done_on")
    def _compute_figures(self):
        rows = {row[0]: row[1:] for row in self.env.execute_query(self._figures_sql())} if self.ids else {}
        today = fields.Date.context_today(self)
        for risk in self:
            known = bool(risk.kind_id or risk.cause_id or risk.product_id) and risk._origin.id in rows
            year, before, after, begin = rows[risk._origin.id] if known else (0, 0, 0, None)
            risk.has_frequency, risk.frequency = known, year
            risk.likelihood = next((level for most, level in OFTEN if year <= most), 4) if known else 0
            risk.risk = int(risk.impact or 0) * risk.likelihood
            days = (today - begin).days if begin else 0
            risk.has_effect = bool(days >= EFFECT_DAYS and before)
            risk.effect = (after / days) / (before / 365) - 1 if risk.has_effect else 0

    def _figures_sql(self):
        """Return ``(id, complaints of 12 months, of the year before the prevention, since it, its day)``.

        Counted over all customers of the company, whoever looks: it is a figure about the company.
        """
        self.env.flush_all()
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT r.id, COUNT(c.id) FILTER (WHERE c.date_received >= %(year)s),
                   COUNT(c.id) FILTER (WHERE c.date_received < p.begin
                                         AND c.date_received >= p.begin - interval '1 year'),
                   COUNT(c.id) FILTER (WHERE c.date_received >= p.begin), p.begin
              FROM customer_complaint_risk r
         LEFT JOIN LATERAL (SELECT MIN(a.done_on) AS begin FROM customer_complaint_action a
                             WHERE a.risk_id = r.id) p ON TRUE
         LEFT JOIN customer_complaint_cause feared ON feared.id = r.cause_id
         LEFT JOIN customer_complaint c ON c.company_id = r.company_id
               AND (c.outcome IS NULL OR NOT c.outcome = ANY(%(not_counted)s))
               AND (r.kind_id IS NULL OR c.kind_id = r.kind_id)
               AND (r.cause_id IS NULL OR EXISTS (
                    SELECT FROM customer_complaint_cause found
                     WHERE found.id = c.cause_id AND found.parent_path LIKE feared.parent_path || '%%'))
               AND (r.product_id IS NULL OR EXISTS (
                    SELECT FROM customer_complaint_line l
                     WHERE l.complaint_id = c.id AND l.product_id = r.product_id))
             WHERE r.id = ANY(%(risks)s)
             GROUP BY r.id, p.begin
            """,
            year=today - relativedelta(years=1),
            not_counted=list(NOT_COUNTED),
            risks=self.ids,
        )

    def action_open_complaints(self):
        """Show the complaints of the last 12 months that this is about."""
        self.ensure_one()
        begin = fields.Date.context_today(self) - relativedelta(years=1)
        domain = [("company_id", "=", self.company_id.id), ("date_received", ">=", begin)]
        domain += [("outcome", "not in", NOT_COUNTED)]
        domain += [("kind_id", "=", self.kind_id.id)] if self.kind_id else []
        domain += [("cause_id", "child_of", self.cause_id.id)] if self.cause_id else []
        domain += [("line_ids.product_id", "=", self.product_id.id)] if self.product_id else []
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {**action, "domain": domain, "context": {}}
