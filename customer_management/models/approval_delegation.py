import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import ApprovalRuleError
from ..tools import engine_env


class CustomerApprovalDelegation(models.Model):
    """Who decides in whose place while that person is away.

    It is not passed on: a stand-in decides what the person was asked, not what the person
    stands in for.
    """

    _name = "customer.approval.delegation"
    _description = "Approval Delegation"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Who Is Away",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    delegate_id = fields.Many2one(
        "res.users",
        string="Stand-in",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("share", "=", False)],
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", required=True, help="This day included.")
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade", help="Empty: all companies.")
    reason = fields.Char()
    ended_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("planned", "Planned"), ("running", "Running"), ("over", "Over")], compute="_compute_state"
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A delegation cannot end before it begins."
    )
    _not_oneself = models.Constraint(
        "CHECK(user_id <> delegate_id)", "Nobody stands in for oneself: choose somebody else as stand-in."
    )

    @api.depends("date_from", "date_to", "ended_on", "user_id.tz")
    def _compute_state(self):
        for delegation in self:
            today = delegation._get_today()
            if delegation.ended_on or (delegation.date_to and delegation.date_to < today):
                delegation.state = "over"
            else:
                begun = delegation.date_from and delegation.date_from <= today
                delegation.state = "running" if begun else "planned"

    def _get_today(self):
        """Return the day of the person who is away, whatever the time zone of who asks."""
        zone = pytz.timezone(self.user_id.sudo().tz or "UTC")
        return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()

    @api.constrains("user_id", "delegate_id", "date_from", "date_to", "company_id")
    def _check_persons(self):
        for delegation in self:
            if delegation.user_id.share or delegation.delegate_id.share:
                raise ApprovalRuleError(self.env._("Only employees stand in for each other."))
            # Nobody takes the right to decide: it is given by its owner, or by a third person.
            if delegation.delegate_id == self.env.user != delegation.user_id:
                raise ApprovalRuleError(
                    self.env._(
                        "You cannot make yourself the stand-in of %s. Let that person or another manager do it.",
                        delegation.user_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: what waits for the person is shown to the stand-in."""
        delegations = super().create([{**vals, "ended_on": False} for vals in vals_list])
        delegations._refresh(delegations.user_id, delegations.delegate_id)
        return delegations

    def write(self, vals):
        """Override of `base`: what is over stays as it was.

        :raises ApprovalRuleError: when a delegation is over, or the end is set by hand
        """
        self._refuse_over()
        if "ended_on" in vals:
            raise ApprovalRuleError(self.env._("End a delegation by its button."))
        users, delegates = self.user_id, self.delegate_id
        done = super().write(vals)
        self._refresh(users | self.user_id, delegates | self.delegate_id)
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for delegation in self:
            if delegation.state != "planned":
                raise ApprovalRuleError(
                    self.env._(
                        "The delegation of %s has begun: end it. It is kept, as decisions may rest on it.",
                        delegation.user_id.name,
                    )
                )

    def _refuse_over(self):
        for delegation in self:
            if delegation.state == "over":
                raise ApprovalRuleError(
                    self.env._(
                        "The delegation of %s is over and is not changed any more: make a new one.",
                        delegation.user_id.name,
                    )
                )

    def action_end(self):
        """End a delegation now, before its last day.

        :raises ApprovalRuleError: when it is over already
        """
        self.check_access("write")
        self._refuse_over()
        self._finish()
        self._refresh(self.user_id, self.delegate_id)

    def _finish(self):
        host = super()
        return host.write({"ended_on": fields.Datetime.now()})

    def _refresh(self, users, delegates):
        """Move the reminders of what waits for these persons, and have the counters read again."""
        approvals = engine_env(self.env)["customer.approval"]
        approvals.search([("state", "=", "pending"), ("approver_ids", "in", users.ids)])._sync_activities()
        approvals._ring(users | delegates)

    @api.model
    def _get_running(self, domain):
        """Return the delegations that run at this moment, of those that the domain names; as the system."""
        day = fields.Date.today()
        around = Domain("date_from", "<=", fields.Date.add(day, days=1))
        around &= Domain("date_to", ">=", fields.Date.subtract(day, days=1)) & Domain("ended_on", "=", False)
        found = engine_env(self.env)[self._name].search(around & Domain(domain))
        return found.filtered(lambda delegation: delegation.state == "running")
