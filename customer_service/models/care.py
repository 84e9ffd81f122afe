from odoo import api, fields, models

from ..exceptions import CareError
from .care_rule import CHANNELS, KINDS
from .res_partner_care import DECLINED

SATISFACTION = [
    ("1", "Very Dissatisfied"),
    ("2", "Dissatisfied"),
    ("3", "Neutral"),
    ("4", "Satisfied"),
    ("5", "Very Satisfied"),
]
# Of a call: from this answer down somebody has to look into it.
LOW = ("1", "2")


class CustomerCare(models.Model):
    """One thing done for a customer: a greeting, a gift, a call; planned by a rule or noted by hand (rows A12, A15)."""

    _name = "customer.care"
    _description = "Customer Care"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _step_error = CareError
    _step_fields = (
        "state",
        "done_on",
        "done_by_id",
        "rule_id",
        "occasion",
        "skip_reason",
        "is_announced",
        "attempts",
    )

    rule_id = fields.Many2one(
        "customer.care.rule", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(
        [*KINDS, ("free", "By Hand")], string="Occasion", required=True, default="free", index=True
    )
    occasion = fields.Char(
        "Occasion Key", readonly=True, copy=False, help="Which birthday, delivery or complaint it is for."
    )
    channel = fields.Selection(
        [*CHANNELS, ("visit", "Visit"), ("other", "Other")],
        required=True,
        default="call",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Cared For", required=True, index=True, ondelete="cascade", check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Customer", store=True, index=True, precompute=True
    )
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    date = fields.Date(
        "Planned On", required=True, default=fields.Date.context_today, index=True, tracking=True
    )
    date_to = fields.Date("Until", help="After this day it is too late for the occasion.")
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("skipped", "Skipped")],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
        index=True,
        tracking=True,
    )
    is_announced = fields.Boolean("Activity Made", readonly=True, copy=False)
    done_on = fields.Datetime(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    attempts = fields.Integer(readonly=True, copy=False, help="How often nobody answered the call.")
    satisfaction = fields.Selection(SATISFACTION, copy=False, tracking=True)
    result = fields.Text(copy=False, help="What the customer said, or what was done.")
    skip_reason = fields.Char(readonly=True, copy=False)
    picking_id = fields.Many2one(
        "stock.picking", string="Delivery", index="btree_not_null", ondelete="set null", check_company=True
    )
    complaint_id = fields.Many2one(
        "customer.complaint", index="btree_not_null", ondelete="set null", check_company=True
    )
    is_late = fields.Boolean(compute="_compute_is_late")

    _once = models.UniqueIndex(
        "(rule_id, partner_id, occasion) WHERE rule_id IS NOT NULL",
        "This was planned for the customer already.",
    )
    _skipped_why = models.Constraint(
        "CHECK((state = 'done') = (done_on IS NOT NULL))", "Care that is done has a day."
    )
    _to_do = models.Index("(user_id, date) WHERE state = 'planned'")
    _of_customer = models.Index("(rule_id, commercial_partner_id, date)")

    @api.depends("partner_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for care in self:
            care.display_name = f"{kinds.get(care.kind, '')}: {care.partner_id.display_name or ''}"

    @api.depends("state", "date_to", "date")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for care in self:
            care.is_late = care.state == "planned" and (care.date_to or care.date or today) < today

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: what people note is by hand; nobody plans for who declined it.

        :raises CareError: when the customer declined it
        """
        cares = super().create(vals_list)
        if not self.env.su:
            if any(care.kind != "free" for care in cares):
                raise CareError(self.env._("Only rules plan for occasions; what people note is by hand."))
            cares._refuse_declined()
        return cares

    def write(self, vals):
        """Override of `base`: what is over stays as it was, and does not change hands to who declined it."""
        if not self.env.su:
            fixed = {"partner_id", "channel", "date", "satisfaction", "result", "company_id", "kind"}
            if fixed & vals.keys() and any(care.state != "planned" for care in self):
                raise CareError(self.env._("What is done or skipped stays as it was."))
            if {"kind", "partner_id", "company_id"} & vals.keys() and any(care.rule_id for care in self):
                raise CareError(self.env._("For whom and on which occasion a rule planned is not changed."))
        done = super().write(vals)
        if not self.env.su and {"partner_id", "channel"} & vals.keys():
            self._refuse_declined()
        return done

    def _refuse_declined(self):
        for care in self.sudo():
            if care._is_declined() and care.state == "planned":
                raise CareError(
                    self.env._(
                        "%(customer)s has declined this: %(channel)s.",
                        customer=care.partner_id.display_name,
                        channel=dict(self._fields["channel"]._description_selection(self.env))[care.channel],
                    )
                )

    def _is_declined(self):
        """Return whether the contact, or its company, has declined this channel."""
        self.ensure_one()
        name = DECLINED.get(self.channel)
        return bool(name) and (self.partner_id[name] or self.commercial_partner_id[name])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned_by_rule(self):
        """:raises CareError: for what a rule planned: without its row it would be planned again"""
        if not self.env.su and any(care.rule_id for care in self):
            raise CareError(self.env._("Skip what a rule has planned instead of deleting it."))
