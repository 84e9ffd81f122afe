from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import GradeRunStateError
from ..tools import trailing_period
from .grade_scheme import MOST_MONTHS


class CustomerGradeRun(models.Model):
    """The customers of a company, graded by a scheme as of a day."""

    _name = "customer.grade.run"
    _description = "Grading Run"
    _inherit = ["customer.steps.mixin", "customer.grade.chart", "mail.thread"]
    _order = "date_to desc, id desc"
    _rec_name = "date_to"
    _check_company_auto = True
    _step_error = GradeRunStateError
    _step_fields = (
        "state",
        "settings",
        "computed_by_id",
        "approved_by_id",
        "applied_on",
        "months",
        "metric_id",
    )

    scheme_id = fields.Many2one("customer.grade.scheme", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Selection(related="scheme_id.method", store=True)
    metric_id = fields.Many2one("customer.metric", readonly=True, copy=False, ondelete="restrict")
    months = fields.Integer(string="Period (Months)", readonly=True, copy=False)
    date_from = fields.Date(string="Period From", compute="_compute_date_from", store=True)
    date_to = fields.Date(string="As Of", required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("draft", "Draft"), ("computed", "Computed"), ("approved", "Approved"), ("applied", "Applied")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    settings = fields.Json(
        readonly=True, copy=False, help="The cuts and margins that the run was computed with."
    )
    computed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    applied_on = fields.Datetime(readonly=True, copy=False)
    approval_required = fields.Boolean(related="scheme_id.approval_required")
    result_ids = fields.One2many("customer.grade.result", "run_id", copy=False)
    result_count = fields.Integer(compute="_compute_counts")
    changed_count = fields.Integer(string="Changes", compute="_compute_counts")
    overridden_count = fields.Integer(string="Overridden", compute="_compute_counts")
    previous_run_id = fields.Many2one(
        "customer.grade.run",
        string="Compare With",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('id', '!=', id), ('state', '!=', 'draft'),"
        " ('date_to', '<=', date_to)]",
        check_company=True,
        copy=False,
        help="The run that movements are counted from.",
    )
    # It shows all customers, of whom salespeople see their own only.
    chart = fields.Json(compute="_compute_chart", groups="customer_management.group_customer_manager")

    @api.depends("date_to", "months", "scheme_id.months")
    def _compute_date_from(self):
        for run in self:
            months = run.months or run.scheme_id.months
            known = run.date_to and 1 <= months <= MOST_MONTHS
            run.date_from = trailing_period(run.date_to, months)[0] if known else False

    @api.depends("scheme_id.name", "date_to")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run.scheme_id.name} {fields.Date.to_string(run.date_to)}"

    @api.depends("result_ids.grade_id", "result_ids.override_grade_id")
    def _compute_counts(self):
        self.env["customer.grade.result"].flush_model(["grade_id", "previous_grade_id", "override_grade_id"])
        rows = (
            self.env.execute_query(
                SQL(
                    """
                SELECT run_id, COUNT(*), COUNT(*) FILTER (WHERE grade_id IS DISTINCT FROM previous_grade_id),
                       COUNT(override_grade_id)
                  FROM customer_grade_result WHERE run_id = ANY(%s) GROUP BY run_id
                """,
                    self.ids,
                )
            )
            if self.ids
            else []
        )
        counts = {row[0]: row[1:] for row in rows}
        for run in self:
            run.result_count, run.changed_count, run.overridden_count = counts.get(run.id, (0, 0, 0))

    @api.constrains("date_to")
    def _check_date_to(self):
        today = fields.Date.context_today(self)
        for run in self:
            if run.date_to > today:
                raise GradeRunStateError(
                    self.env._(
                        "Customers cannot be graded as of %(date)s: that day is still to come. "
                        "Choose a day up to %(today)s.",
                        date=run.date_to,
                        today=today,
                    )
                )

    def write(self, vals):
        """Override of `base`: with another day or scheme the results no longer hold and are computed again."""
        if not {"scheme_id", "date_to"}.intersection(vals):
            return super().write(vals)
        self._ensure_state("draft", "computed")
        before = {run: (run.scheme_id, run.date_to) for run in self}
        done = super().write(vals)
        stale = self.filtered(lambda run: before[run] != (run.scheme_id, run.date_to))
        others = stale.filtered(lambda run: before[run][0] != run.scheme_id)
        self.env["customer.grade.result"].sudo()._delete_where("run_id", others.ids)
        stale.filtered(lambda run: run.state == "computed").sudo().write({"state": "draft"})
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        self._ensure_state("draft", "computed", "approved")

    def unlink(self):
        """Override of `base` to delete the results, whose column carries no foreign key."""
        ids = self.ids
        done = super().unlink()
        self.env["customer.grade.result"].sudo()._delete_where("run_id", ids)
        return done

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_results(self):
        """Show the ranked list."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_result_action")
        context = {"default_run_id": self.id}
        if self.env.context.get("only_changed"):
            context["search_default_changed"] = 1
        name = f"{action['name']}: {self.display_name}"
        return {**action, "domain": [("run_id", "=", self.id)], "context": context, "display_name": name}

    @api.model
    def action_open_latest(self, what="results"):
        """Show the ranked list of the latest run, or with ``movements`` what moved since the one before.

        Without a run the page is empty and says what to do.
        """
        domain = [("state", "!=", "draft"), ("company_id", "=", self.env.company.id)]
        if what == "movements":
            latest = self.search([*domain, ("previous_run_id", "!=", False)], limit=1)
            if latest:
                return latest.action_open_movements()
            return self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_movement_action")
        latest = self.search(domain, limit=1)
        if latest:
            return latest.action_open_results()
        return self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_result_action")

    def action_open_movements(self):
        """Show who is new, lost, won back, up and down since the run to compare with."""
        self.ensure_one()
        if not self.previous_run_id:
            raise GradeRunStateError(
                self.env._("Choose an earlier run in “Compare With”: movements are counted between two runs.")
            )
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_movement_action")
        name = f"{action['name']}: {self.display_name}"
        return {**action, "domain": [("run_id", "=", self.id)], "display_name": name}
