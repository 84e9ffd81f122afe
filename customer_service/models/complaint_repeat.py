from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import ComplaintStepError
from ..tools.similar import similarity

# What was nothing, or was said twice, does not make the next one a repetition.
VOID = ("rejected", "withdrawn", "duplicate")
# From which share of common pairs of signs on two summaries are about the same.
ALIKE = 0.5


class CustomerComplaint(models.Model):
    """Complaints that come back, and complaints that were made twice."""

    _inherit = "customer.complaint"

    repeat_count = fields.Integer(
        "Earlier Ones",
        compute="_compute_repeat_count",
        search="_search_repeat_count",
        help="Complaints of the same customer about the same product or cause within the days of the settings.",
    )
    similar_ids = fields.Many2many(
        "customer.complaint", string="Similar Complaints", compute="_compute_similar_ids"
    )

    # Lists count the earlier ones of each row: with it they read those of the days only.
    _earlier = models.Index("(commercial_partner_id, company_id, date_received)")

    @api.depends("commercial_partner_id", "cause_id", "line_ids.product_id", "date_received")
    def _compute_repeat_count(self):
        counts = self._repeat_counts()
        for complaint in self:
            complaint.repeat_count = counts.get(complaint._origin.id, 0)

    def _search_repeat_count(self, operator, value):
        if operator not in (">", ">=", "<", "<="):
            return NotImplemented
        counted = self._repeat_sql(SQL("TRUE"))
        matching = SQL(
            "(SELECT c.id FROM customer_complaint AS c LEFT JOIN (%s) AS r ON r.id = c.id"
            " WHERE COALESCE(r.count, 0) %s %s)",
            counted,
            SQL(operator),
            int(value),
        )
        return [("id", "in", matching)]

    def _repeated(self):
        """Return the complaints among these, as stored, that come back."""
        return self.browse(self._repeat_counts())._origin

    def _repeat_counts(self):
        """Return how many earlier ones each complaint has, for those that have any; one query for all."""
        ids = self._origin.ids
        if not ids:
            return {}
        names = [
            "commercial_partner_id",
            "company_id",
            "date_received",
            "cause_id",
            "outcome",
            "is_justified",
        ]
        self.flush_model(names)
        self.env["customer.complaint.line"].flush_model(["complaint_id", "product_id"])
        return dict(self.env.execute_query(self._repeat_sql(SQL("c.id = ANY(%s)", ids))))

    @api.model
    def _repeat_sql(self, condition):
        """Return the query of (id, number of earlier complaints) for complaints ``c`` under a condition."""
        return SQL(
            """
            SELECT c.id AS id, COUNT(*) AS count
              FROM customer_complaint AS c
              JOIN res_company AS company ON company.id = c.company_id
              JOIN customer_complaint AS e
                ON e.commercial_partner_id = c.commercial_partner_id
               AND e.company_id = c.company_id
               AND e.id <> c.id
               AND e.date_received <= c.date_received
               AND (e.date_received, e.id) < (c.date_received, c.id)
               AND e.date_received >= c.date_received - company.customer_complaint_repeat_days * INTERVAL '1 day'
             WHERE %s
               AND (e.outcome IS NULL OR e.outcome NOT IN %s)
               AND e.is_justified IS DISTINCT FROM 'no'
               AND (
                    e.cause_id = c.cause_id
                    OR EXISTS (
                        SELECT 1
                          FROM customer_complaint_line AS here
                          JOIN customer_complaint_line AS there ON there.product_id = here.product_id
                         WHERE here.complaint_id = c.id AND there.complaint_id = e.id))
             GROUP BY c.id
            """,
            condition,
            VOID,
        )

    # The same, or the same again

    @api.depends(
        "partner_id", "summary", "order_id", "line_ids.product_id", "line_ids.lot_id", "stage", "follows_id"
    )
    def _compute_similar_ids(self):
        """Find complaints of the same customer about the same goods or in like words; one query for all."""
        asking = self.filtered(lambda one: one.stage in ("listen", "confirm", "assess") and one.partner_id)
        (self - asking).similar_ids = False
        if not asking:
            return
        since = fields.Datetime.now() - timedelta(
            days=max(asking.company_id.mapped("customer_complaint_repeat_days"))
        )
        others = self.search(
            [
                ("commercial_partner_id", "in", asking.partner_id.commercial_partner_id.ids),
                ("company_id", "in", asking.company_id.ids),
                ("original_id", "=", False),
                "|",
                ("stage", "!=", "closed"),
                ("date_received", ">=", since),
            ],
            limit=500,
        )
        for complaint in asking:
            complaint.similar_ids = others.filtered(lambda other, this=complaint: this._is_like(other))[:5]

    def _is_like(self, other):
        """Return whether another complaint of the same customer may be the same one, or come back in this one."""
        self.ensure_one()
        here = self._origin
        customer = self.partner_id.commercial_partner_id
        if other == here or other.commercial_partner_id != customer or other.company_id != self.company_id:
            return False
        if other == self.follows_id._origin or other.follows_id == here != here.browse():
            return False
        lots = self.line_ids.lot_id._origin & other.line_ids.lot_id
        goods = self.line_ids.product_id._origin & other.line_ids.product_id
        order = self.order_id and self.order_id._origin == other.order_id
        return bool(lots or goods or order or similarity(self.summary, other.summary) >= ALIKE)

    def _asking(self):
        """Return the complaint whose form shows this similar one.

        :raises ComplaintStepError: when there is none
        """
        complaint = self.browse(self.env.context.get("similar_to")).exists()
        if not complaint:
            raise ComplaintStepError(self.env._("Save the complaint first."))
        return complaint

    def action_same_as_this(self):
        """End the complaint on whose form this similar one stands: it says the same."""
        self.ensure_one()
        self._asking()._mark_duplicate(self)

    def action_comes_after_this(self):
        """Note that the complaint on whose form this similar one stands is the same fault again."""
        self.ensure_one()
        self.check_access("read")
        self._asking().follows_id = self

    def action_open_repeats(self):
        """Show the complaints of the customer, the latest first."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"create": False},
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }
