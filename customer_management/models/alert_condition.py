from odoo import api, fields, models
from odoo.tools import SQL

from .grade_scheme import MOST_MONTHS

OPERATORS = {"gt": SQL(">"), "ge": SQL(">="), "lt": SQL("<"), "le": SQL("<=")}


class CustomerAlertCondition(models.Model):
    """One comparison of an alert rule: a metric against a limit, a multiple of a metric, or both.

    The other metric may be the same one in an earlier period (the customer's own earlier figure) or the
    buying rhythm. A figure that is missing fires nothing, unless the condition says what it counts as.
    """

    _name = "customer.alert.condition"
    _description = "Condition of an Alert Rule"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one("customer.alert.rule", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    metric_id = fields.Many2one(
        "customer.metric", string="Figure", required=True, index=True, ondelete="cascade"
    )
    months = fields.Integer(default=3, required=True, help="The length of the period.")
    offset = fields.Integer(
        string="Months Ago", help="How many months ago the period ends: 0 is today, 12 a year ago."
    )
    missing = fields.Selection(
        [("never", "Does Not Fire"), ("value", "Counts As")],
        string="Without a Value",
        default="never",
        required=True,
    )
    missing_value = fields.Float(string="Counted As")
    operator = fields.Selection(
        [("gt", "more than"), ("ge", "at least"), ("lt", "less than"), ("le", "at most")],
        string="Is",
        default="gt",
        required=True,
    )
    compare = fields.Selection(
        [
            ("constant", "A Limit"),
            ("metric", "A Multiple of a Figure"),
            ("greater", "The Greater of Both"),
            ("lesser", "The Lesser of Both"),
        ],
        string="Compared With",
        default="constant",
        required=True,
    )
    constant = fields.Float(string="Limit", digits=(16, 4))
    factor = fields.Float(string="Times", default=1.0, digits=(16, 4))
    right_metric_id = fields.Many2one(
        "customer.metric", string="Other Figure", index="btree_not_null", ondelete="cascade"
    )
    right_months = fields.Integer(string="Its Months", default=3, required=True)
    right_offset = fields.Integer(string="Its Months Ago")
    right_missing = fields.Selection(
        [("never", "Does Not Fire"), ("value", "Counts As")],
        string="Without the Other Value",
        default="never",
        required=True,
    )
    right_missing_value = fields.Float(string="The Other Counted As")

    _months_valid = models.Constraint(
        f"CHECK(months BETWEEN 1 AND {MOST_MONTHS} AND right_months BETWEEN 1 AND {MOST_MONTHS})",
        "A period is between 1 and 120 months long.",
    )
    _offset_valid = models.Constraint(
        f'CHECK("offset" BETWEEN 0 AND {MOST_MONTHS} AND right_offset BETWEEN 0 AND {MOST_MONTHS})',
        "A period ends between 0 and 120 months ago.",
    )
    _right_metric_given = models.Constraint(
        "CHECK(compare = 'constant' OR right_metric_id IS NOT NULL)",
        "Say with which other figure the condition compares.",
    )

    @api.onchange("metric_id")
    def _onchange_metric_id(self):
        self.missing = "value" if self.metric_id.missing_is_zero else "never"

    @api.depends("metric_id", "months", "offset", "operator", "compare", "constant", "factor")
    @api.depends("right_metric_id", "right_months", "right_offset")
    def _compute_display_name(self):
        alerts = self.env["customer.alert"]
        for condition in self:
            known = condition.metric_id and (condition.compare == "constant" or condition.right_metric_id)
            condition.display_name = alerts._condition_text(condition._spec()) if known else False

    @property
    def _left(self):
        """The (code, months, offset) of the figure that is compared."""
        return (self.metric_id.code, self.months, self.offset)

    @property
    def _right(self):
        """The (code, months, offset) of the figure it is compared with, or None."""
        if self.compare == "constant":
            return None
        return (self.right_metric_id.code, self.right_months, self.right_offset)

    def _left_sql(self, column):
        """Return the figure; NULL where it is missing and counts as nothing.

        :param SQL column: its column
        """
        if self.missing == "value":
            return SQL("COALESCE(%s, %s)", column, self.missing_value)
        return column

    def _right_sql(self, column):
        """Return the other figure; NULL where it is missing and counts as nothing."""
        if self.right_missing == "value":
            return SQL("COALESCE(%s, %s)", column, self.right_missing_value)
        return column

    def _bound_sql(self, right):
        """Return what the figure is compared with; NULL where the other figure is missing.

        :param SQL right: the other figure (unused with a limit only)
        """
        limit = SQL("%s::numeric", self.constant)
        if self.compare == "constant":
            return limit
        multiple = SQL("(%s::numeric * %s)", self.factor, right)
        if self.compare == "metric":
            return multiple
        both = SQL("GREATEST" if self.compare == "greater" else "LEAST")
        # GREATEST and LEAST leave a NULL out, but without the other figure nothing can be compared.
        return SQL("CASE WHEN %s IS NOT NULL THEN %s(%s, %s) END", multiple, both, limit, multiple)

    def _holds_sql(self, value, bound):
        """Return the condition itself; it does not hold where a figure is missing."""
        return SQL("COALESCE(%s %s %s, FALSE)", value, OPERATORS[self.operator], bound)

    def _spec(self):
        """Return the condition as plain data, which an alert keeps: the rule may be changed later."""
        self.ensure_one()
        spec = {
            "metric": self.metric_id.code,
            "months": self.months,
            "offset": self.offset,
            "operator": self.operator,
            "compare": self.compare,
        }
        if self.compare != "metric":
            spec["constant"] = self.constant
        if self.compare != "constant":
            spec |= {
                "factor": self.factor,
                "right": self.right_metric_id.code,
                "right_months": self.right_months,
                "right_offset": self.right_offset,
            }
        return spec
