from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import AlertStateError

# The states in which an alert counts for the level of its customer.
COUNTING = ("open", "acknowledged")


class CustomerAlert(models.Model):
    """A sign of danger that a rule found at a customer, or that a person reported.

    There is one that is not closed for each rule, customer and company. The daily evaluation opens,
    updates and closes them by SQL (``alert_evaluation.py``); a closed one stays as history.
    """

    _name = "customer.alert"
    _description = "Customer Alert"
    _inherit = ["customer.steps.mixin", "mail.thread"]
    _order = "danger desc, points desc, first_seen desc, id desc"
    _check_company_auto = True
    _step_error = AlertStateError
    # What the evaluation and the steps of a person decide.
    _step_fields = tuple(
        "rule_id partner_id company_id user_id is_manual state first_seen last_seen clear_since value threshold"
        " figures points danger report reported_by_id note answered_by_id answered_on muted_until closed_on"
        " close_reason close_note plan_id activity_id".split()
    )

    rule_id = fields.Many2one(
        "customer.alert.rule", string="Alert", required=True, index=True, readonly=True, ondelete="cascade"
    )
    code = fields.Char(related="rule_id.code")
    is_manual = fields.Boolean(string="Reported by Hand", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", related="partner_id.user_id", store=True, readonly=True
    )
    customer_grade_id = fields.Many2one(related="partner_id.customer_grade_id", string="Grade")
    customer_grade_color = fields.Integer(related="customer_grade_id.color", string="Grade Color")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    state = fields.Selection(
        [("open", "Unanswered"), ("acknowledged", "Acknowledged"), ("muted", "Muted"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
    )
    first_seen = fields.Date(readonly=True, required=True)
    last_seen = fields.Date(readonly=True, required=True, help="The last day on which the test held.")
    clear_since = fields.Date(string="No Longer Since", readonly=True)
    value = fields.Float(readonly=True, aggregator=None)
    threshold = fields.Float(readonly=True, aggregator=None)
    figures = fields.Json(readonly=True, help="The numbers of all conditions when it was last seen.")
    points = fields.Integer(readonly=True)
    danger = fields.Boolean(string="Danger by Itself", readonly=True)
    evidence = fields.Text(compute="_compute_evidence")
    report = fields.Text(string="Reported Evidence", readonly=True)
    reported_by_id = fields.Many2one("res.users", readonly=True)
    note = fields.Text(string="Answer", readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answered_on = fields.Date(readonly=True)
    muted_until = fields.Date(readonly=True)
    closed_on = fields.Date(readonly=True)
    close_reason = fields.Selection(
        [
            ("cured", "The test has failed long enough"),
            ("expired", "Not reported again"),
            ("hand", "Closed by a person"),
            ("archived", "The customer was archived"),
            ("rule", "The rule was switched off"),
            ("merged", "The customer was merged with another"),
        ],
        string="Closed Because",
        readonly=True,
    )
    close_note = fields.Text(string="Reason for Closing", readonly=True)
    plan_id = fields.Many2one("customer.plan", readonly=True, index="btree_not_null", ondelete="set null")
    activity_id = fields.Many2one("mail.activity", readonly=True, index="btree_not_null", ondelete="set null")

    _one_open = models.UniqueIndex(
        "(rule_id, partner_id, company_id) WHERE state <> 'closed'",
        "The customer has an open alert of this rule already.",
    )
    # The level of customers is asked on every page: only what counts is read.
    _counting_idx = models.Index("(partner_id, company_id) WHERE state IN ('open', 'acknowledged')")
    _company_idx = models.Index("(company_id) WHERE state <> 'closed'")

    @api.depends("rule_id.name", "partner_id.display_name")
    def _compute_display_name(self):
        for alert in self:
            alert.display_name = f"{alert.rule_id.name}: {alert.partner_id.display_name}"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: alerts are opened by the evaluation or by a report, never by hand or import.

        :raises AlertStateError: for everybody but the server itself
        """
        if not self.env.su:
            raise AlertStateError(
                self.env._(
                    "Alerts cannot be created or imported. Use “Report an Alert” and give the evidence."
                )
            )
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if not self.env.su:
            raise AlertStateError(self.env._("Alerts are history and cannot be deleted: mute or close them."))

    def action_open_documents(self):
        """Show the documents behind the figure: those of the customer in the period of the first condition.

        :raises AlertStateError: for an alert that was reported by hand
        """
        self.ensure_one()
        self.check_access("read")
        if not self.figures:
            raise AlertStateError(
                self.env._("“%s” was reported by hand: its evidence is what was reported.", self.display_name)
            )
        figure = self.figures[0]
        metric = self.env["customer.metric"].search([("code", "=", figure["metric"])], limit=1)
        last = metric._scope(self.last_seen, company=self.company_id)
        period = last.shifted(figure["months"], figure["offset"])
        first = period.date_from if metric.by_period else last.ever.date_from
        return metric._action_documents(self.partner_id, self.company_id, first, period.date_to)

    def _merge_partners(self, sources, target):
        """Before partners are merged: of two open alerts of a rule, the one of the target stays open.

        It keeps the earlier day on which it was first seen. The closed ones all move to the target, which
        the merge itself does; without this it would delete the history of the sources.
        """
        self.env.flush_all()
        for source in sources:
            self.env.cr.execute(
                SQL(
                    """
                    WITH double AS (
                        UPDATE customer_alert s
                           SET state = 'closed', closed_on = CURRENT_DATE, close_reason = 'merged'
                          FROM customer_alert t
                         WHERE s.partner_id = %s AND t.partner_id = %s AND s.rule_id = t.rule_id
                           AND s.company_id = t.company_id AND s.state <> 'closed' AND t.state <> 'closed'
                     RETURNING t.id, s.first_seen)
                    UPDATE customer_alert t SET first_seen = LEAST(t.first_seen, double.first_seen)
                      FROM double WHERE double.id = t.id
                    """,
                    source.id,
                    target.id,
                )
            )
            # Moved one after the other, so that two sources do not meet in the host's own statement.
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_alert SET partner_id = %s, user_id = %s WHERE partner_id = %s",
                    target.id,
                    target.user_id.id or None,
                    source.id,
                )
            )
        self.invalidate_model()
