from odoo import api, fields, models

from ..exceptions import ExitStateError


class CustomerDealerExitLine(models.Model):
    """One check of an exit: met by the books, ticked by a person, or waived by a manager with a reason."""

    _name = "customer.dealer.exit.line"
    _description = "Check of an Exit"
    _inherit = ["customer.steps.mixin"]
    _order = "exit_id, phase_sequence, sequence, id"
    _check_company_auto = True
    _step_error = ExitStateError
    _step_fields = ("done_on", "done_by_id", "waived_on", "waived_by_id", "waived_why")

    exit_id = fields.Many2one("customer.dealer.exit", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="exit_id.company_id", store=True, index=True)
    dealer_id = fields.Many2one(related="exit_id.dealer_id", store=True, index=True)
    check_id = fields.Many2one("customer.dealer.exit.check", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(related="check_id.sequence", store=True)
    phase = fields.Selection(related="check_id.phase", store=True)
    phase_sequence = fields.Integer(related="check_id.phase_sequence", store=True)
    kind = fields.Selection(related="check_id.kind")
    guide = fields.Text(related="check_id.guide")
    user_id = fields.Many2one("res.users", string="Who", index="btree_not_null")
    date_due = fields.Date(string="Due")
    note = fields.Char()
    fact = fields.Char(string="The Books Say", compute="_compute_fact", compute_sudo=True)
    is_met = fields.Boolean(string="Met", compute="_compute_fact", compute_sudo=True)
    done_on = fields.Date(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null")
    waived_on = fields.Date(readonly=True, copy=False)
    waived_by_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null")
    waived_why = fields.Char(string="Waived Because", readonly=True, copy=False)

    _once = models.Constraint("UNIQUE(exit_id, check_id)", "An exit has each check once.")

    @api.depends("done_on", "waived_on", "check_id.kind", "exit_id.successor_id", "exit_id.stock_handling")
    @api.depends_context("lang")
    def _compute_fact(self):
        facts = self.exit_id._origin._facts()
        for line in self:
            met, text = line.exit_id._check_fact(line.kind, facts.get(line.exit_id._origin.id, {}))
            line.fact = text
            line.is_met = bool(line.waived_on or (line.done_on if line.kind == "manual" else met))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to an exit that is over."""
        lines = super().create(vals_list)
        lines._ensure_open()
        return lines

    def write(self, vals):
        """Override of `base`: an exit that is over stays as it is."""
        self._ensure_open()
        if {"exit_id", "check_id"} & set(vals):
            raise ExitStateError(self.env._("A check belongs to its exit. Add another one there."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for line in self.sudo():
            if line.exit_id.approval_state != "draft":
                raise ExitStateError(
                    self.env._("“%s” stays: a manager may waive it with a reason.", line.check_id.name)
                )

    def _ensure_open(self):
        if any(line.exit_id.state in ("closed", "cancelled") for line in self.sudo()):
            raise ExitStateError(self.env._("The exit is over: its checks stay as they were."))

    def action_done(self):
        """Tick checks that no book decides."""
        self.check_access("write")
        self._ensure_open()
        for line in self:
            if line.kind != "manual":
                raise ExitStateError(
                    self.env._("“%s” is decided by the books. A manager may waive it.", line.check_id.name)
                )
        self.sudo().write({"done_on": fields.Date.context_today(self), "done_by_id": self.env.uid})

    def action_undo(self):
        """Take a tick or a waiver back."""
        self.check_access("write")
        self._ensure_open()
        self.sudo().write(dict.fromkeys(self._all_step_fields(), False))

    def action_waive(self):
        """Let the exit go on without these checks; the reason stands in the note.

        :raises ExitStateError: without a reason
        """
        self.exit_id._ensure_manager()
        self.check_access("write")
        self._ensure_open()
        for line in self:
            if not (line.note or "").strip():
                raise ExitStateError(self.env._("Write in the note why “%s” is waived.", line.check_id.name))
            line.sudo().write(
                {
                    "waived_on": fields.Date.context_today(self),
                    "waived_by_id": self.env.uid,
                    "waived_why": line.note.strip(),
                }
            )
            line.exit_id.sudo().message_post(
                body=self.env._(
                    "Waived: %(check)s (%(why)s)", check=line.check_id.name, why=line.note.strip()
                )
            )
