from odoo import api, fields, models, tools
from odoo.tools import format_amount

from ..tools import ActiveRule

# What can be checked, with the unit of its threshold.
UNITS = {
    "limit": "percent",
    "overdue_days": "days",
    "overdue_amount": "money",
    "overdue_share": "percent",
    "expired": "none",
    "review": "days",
    "terms": "days",
    "order_amount": "money",
    "stopped": "none",
    "rating": "none",
}

# What follows when a rule is not met, the hardest last.
ACTIONS = [
    ("warn", "Warn"),
    ("ask", "Ask for a reason"),
    ("hold", "Hold until released"),
    ("block", "Block, no release"),
]


class CustomerCreditRule(models.Model):
    """What holds an order, a delivery or an invoice: a check, its threshold, and what follows.

    An addon adds a kind by extending the selection and ``_get_units``, and by a method
    ``_check_<kind>(rule, case)`` on ``customer.credit.engine``. (domain 4.6)
    """

    _name = "customer.credit.rule"
    _description = "Credit Rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(string="Rule", required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: in all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    kind = fields.Selection(
        [
            ("limit", "Use of the limit"),
            ("overdue_days", "Oldest overdue item"),
            ("overdue_amount", "Overdue amount"),
            ("overdue_share", "Overdue part of the limit"),
            ("expired", "Limit has ended"),
            ("review", "Review is late"),
            ("terms", "Longer terms than agreed"),
            ("order_amount", "Size of the order"),
            ("stopped", "Credit is stopped"),
            ("rating", "Rating gives no credit"),
        ],
        string="Checks",
        required=True,
        default="limit",
        tracking=True,
    )
    unit = fields.Selection(
        [("percent", "%"), ("days", "days"), ("money", "amount"), ("none", "")], compute="_compute_unit"
    )
    threshold = fields.Float(
        string="More Than",
        tracking=True,
        help="What is still in order: a percentage, a number of days or an amount in the company's currency. "
        "For the use of the limit: 100 is the limit itself, to which the tolerance of the rating is added.",
    )
    action = fields.Selection(
        ACTIONS,
        string="What Follows",
        required=True,
        default="hold",
        tracking=True,
        help="Warn: it goes on, and it is noted. Ask: it goes on when the salesperson gives a reason. "
        "Hold: somebody has to release it. Block: nobody can, until the cause is gone.",
    )
    at_order = fields.Boolean(string="Orders", default=True, tracking=True)
    at_delivery = fields.Boolean(string="Deliveries", tracking=True)
    at_invoice = fields.Boolean(string="Invoices", tracking=True)
    rating_ids = fields.Many2many(
        "customer.credit.rating", string="Only Ratings", help="Empty: every rating, and payers without one."
    )
    grade_ids = fields.Many2many("customer.grade", string="Only Grades", help="Empty: every customer.")
    team_ids = fields.Many2many("crm.team", string="Only Teams", help="Empty: every sales team.")
    excluded_ids = fields.Many2many(
        "res.partner",
        string="Not For",
        domain="[('parent_id', '=', False)]",
        help="Payers that it leaves alone.",
    )

    _threshold_positive = models.Constraint(
        "CHECK(threshold >= 0)", "The threshold of a credit rule cannot be negative."
    )

    @api.model
    def _get_units(self):
        """Hook: return the unit of each kind's threshold: percent, days, money or none."""
        return UNITS

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.depends("kind")
    def _compute_unit(self):
        units = self._get_units()
        for rule in self:
            rule.unit = units.get(rule.kind, "none")

    def _threshold_text(self, company):
        """Return the threshold with its unit, in words."""
        self.ensure_one()
        amount = f"{self.threshold:g}"
        return {
            "percent": f"{amount} %",
            "days": self.env._("%s days", amount),
            "money": format_amount(self.env, self.threshold, company.currency_id),
        }.get(self.unit, "")

    def _places_text(self):
        """Return where the rule is asked, in words."""
        self.ensure_one()
        names = ("at_order", "at_delivery", "at_invoice")
        return ", ".join(self._fields[name]._description_string(self.env) for name in names if self[name])

    @api.model
    @tools.ormcache("company_id")
    def _active_rules(self, company_id):
        """Return the rules of a company as plain values, so that a decision does not read them each time."""
        rules = self.sudo().search([("company_id", "in", [company_id, False])])
        return tuple(rule._as_active() for rule in rules)

    def _as_active(self):
        stages = {"order": self.at_order, "delivery": self.at_delivery, "invoice": self.at_invoice}
        return ActiveRule(
            id=self.id,
            kind=self.kind,
            threshold=self.threshold,
            action=self.action,
            stages=frozenset(stage for stage, used in stages.items() if used),
            rating_ids=frozenset(self.rating_ids.ids),
            grade_ids=frozenset(self.grade_ids.ids),
            team_ids=frozenset(self.team_ids.ids),
            excluded_ids=frozenset(self.excluded_ids.ids),
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: decisions use the new rules at once."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: decisions use what was changed at once."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override of `base`: decisions do without them at once."""
        self.env.registry.clear_cache()
        return super().unlink()
