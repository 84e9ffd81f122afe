from datetime import timedelta

from odoo import api, fields, models

from ..exceptions import ContractStateError

AGREED = ("approved", "signed", "running")


class CustomerDealerContract(models.Model):
    """Versions: an amendment is a contract of its own that takes the place of the one before on its first day."""

    _inherit = "customer.dealer.contract"
    _step_fields = ("amends_id", "renews_id", "version")

    amends_id = fields.Many2one(
        "customer.dealer.contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The contract whose place it takes on its first day.",
    )
    amendment_ids = fields.One2many("customer.dealer.contract", "amends_id", string="Amendments")
    renews_id = fields.Many2one(
        "customer.dealer.contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    renewal_ids = fields.One2many("customer.dealer.contract", "renews_id", string="Renewals")
    version = fields.Integer(compute="_compute_version", store=True, recursive=True)

    territory_warning = fields.Text(
        compute="_compute_territory_warning", help="Who is in the way of its territory."
    )

    @api.depends("state", "date_from", "date_to", "territory_ids.area_id", "territory_ids.categ_id")
    @api.depends("territory_ids.is_exclusive", "dealer_id")
    @api.depends_context("lang")
    def _compute_territory_warning(self):
        """Say who is in the way while a contract is prepared: for a form, not for lists."""
        for contract in self:
            drafted = contract.state in ("draft", "pending", "refused")
            found = contract._origin.territory_ids._conflicts() if drafted else []
            contract.territory_warning = "\n".join(line._words_against(other) for line, other in found[:3])

    @api.depends("amends_id.version")
    def _compute_version(self):
        for contract in self:
            contract.version = 1 + contract.amends_id.version

    def _last_day(self):
        """Return the last day on which a contract binds, as far as it is known."""
        self.ensure_one()
        if self.ended_on:
            return self.ended_on
        amended = [one.date_from for one in self.amendment_ids if one.state in AGREED]
        return min([self.date_to, *(day - timedelta(days=1) for day in amended)])

    def _binding_period(self):
        """Return the first and the last day on which nobody else may get its territory; nothing before approval."""
        self.ensure_one()
        first, last = self.date_from, self._last_day() if self.date_to else False
        return (first, last) if self.state in AGREED and first <= last else (False, False)

    def _approval_write(self, vals):
        """Override of the approval mixin: whatever makes a contract binding is decided by the database as well.

        :raises TerritoryOverlapError: when an exclusive territory is held by somebody else
        """
        if vals.get("approval_state") != "approved":
            return super()._approval_write(vals)
        host = super()
        return self.env["customer.dealer.territory"]._refusing_overlaps(lambda: host._approval_write(vals))

    def _approval_check(self):
        """Override of the approval mixin: say who is in the way before anybody is asked to approve.

        :raises TerritoryOverlapError: when an exclusive territory is held by somebody else
        """
        self.territory_ids._ensure_free()
        return super()._approval_check()

    def action_amend(self):
        """Open a new version of a contract that is agreed on, to be changed, approved and signed.

        :raises ContractStateError: when it is not in force, or a version is being prepared
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in AGREED:
            raise ContractStateError(
                self.env._("“%s” is not in force. Only a contract in force is amended.", self.name)
            )
        open_ = self.amendment_ids.filtered(lambda one: one.state not in ("ended", "refused"))
        if open_:
            raise ContractStateError(
                self.env._("“%(name)s” is being amended by “%(other)s”.", name=self.name, other=open_[0].name)
            )
        first = max(fields.Date.context_today(self) + timedelta(days=1), self.date_from)
        return self._next_contract(
            {"date_from": min(first, self.date_to), "date_to": self.date_to}, "amends_id"
        )

    def _next_contract(self, values, link):
        """Copy a contract into the one that follows it and open that.

        :param str link: the field of the new one that points to this one
        """
        follower = self.copy(values)
        follower._copy_clauses(self)
        follower._approval_write({link: self.id})
        if link == "amends_id":
            follower._approval_write({"name": f"{self.name.partition('/V')[0]}/V{follower.version}"})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": follower.id,
            "views": [(False, "form")],
        }
