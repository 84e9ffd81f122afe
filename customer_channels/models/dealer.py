from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import DealerStateError, DealerWriteError

# For how large a territory a dealer is authorised.
LEVELS = [
    ("region", "Region"),
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
    ("store", "Store"),
]


class CustomerDealer(models.Model):
    """A customer that sells our goods on, as it is registered: number, type, level, and who it belongs to.

    One for each company and customer. Sub-dealers and the shops of a chain stand below their dealer. It is active
    while a contract of it runs; the contract says where, what and on which terms.
    """

    _name = "customer.dealer"
    _description = "Dealer"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin", "customer.links.mixin"]
    _parent_store = True
    _order = "code desc, id desc"
    _rec_name = "partner_id"
    _rec_names_search = ["code", "partner_id"]
    _check_company_auto = True
    _step_error = DealerWriteError
    _step_fields = ("state", "contract_id", "suspended_on", "suspension_reason", "closed_on")
    _checked_links = ("parent_id",)

    code = fields.Char(string="Dealer Number", readonly=True, copy=False, index=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    type_id = fields.Many2one(
        "customer.dealer.type",
        string="Dealer Type",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    level = fields.Selection(
        LEVELS,
        help="For how large a territory it is authorised.",
        tracking=True,
    )
    area_id = fields.Many2one(
        "customer.area",
        string="Main Area",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Where it is listed; what it is authorised for stands in the contract.",
    )
    parent_id = fields.Many2one(
        "customer.dealer",
        string="Below",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The dealer, chain or head office that it belongs to; empty for a dealer of our own.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("customer.dealer", "parent_id", string="Sub-dealers and Shops")
    user_id = fields.Many2one(
        related="partner_id.user_id", string="Salesperson", store=True, index="btree_not_null"
    )
    date_registered = fields.Date(
        string="Registered On", required=True, default=fields.Date.context_today, tracking=True
    )
    contract_ids = fields.One2many("customer.dealer.contract", "dealer_id", string="Contracts")
    contract_id = fields.Many2one(
        "customer.dealer.contract",
        string="Contract in Force",
        compute="_compute_contract_id",
        store=True,
        index="btree_not_null",
    )
    suspended_on = fields.Date(readonly=True, copy=False, tracking=True)
    suspension_reason = fields.Char(readonly=True, copy=False, tracking=True)
    closed_on = fields.Date(readonly=True, copy=False, tracking=True)
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("exiting", "Leaving"),
            ("closed", "Closed"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        group_expand=True,
        tracking=True,
        help="Registered: no contract runs. Suspended: no dealer prices until it is lifted.",
    )
    note = fields.Html()

    _partner_unique = models.UniqueIndex(
        "(company_id, partner_id)", "This customer is registered as a dealer of this company already."
    )

    @api.depends("contract_ids.state")
    def _compute_contract_id(self):
        for dealer in self:
            running = dealer.contract_ids.filtered(
                lambda contract: contract.state == "running" and contract.kind != "closed_channel"
            )
            dealer.contract_id = running.sorted("date_from")[-1:]

    @api.depends("contract_id", "suspended_on", "closed_on")
    def _compute_state(self):
        for dealer in self:
            if dealer.closed_on:
                dealer.state = "closed"
            elif dealer._is_leaving():
                dealer.state = "exiting"
            elif dealer.suspended_on:
                dealer.state = "suspended"
            else:
                dealer.state = "active" if dealer.contract_id else "registered"

    def _is_leaving(self):
        """Hook: return whether its exit is under way."""
        self.ensure_one()
        return False

    @api.constrains("parent_id", "type_id")
    def _check_parent_id(self):
        for dealer in self.filtered("parent_id"):
            above = dealer.parent_id.type_id
            if not above.may_have_sub_dealers:
                raise ValidationError(
                    self.env._(
                        "%(dealer)s cannot stand below %(parent)s: a dealer of type %(type)s has no sub-dealers. "
                        "Choose another dealer, or allow it for the type.",
                        dealer=dealer.partner_id.name,
                        parent=dealer.parent_id.partner_id.name,
                        type=above.name,
                    )
                )

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for dealer in self:
            partner = dealer.partner_id
            if partner != partner.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(contact)s” is a contact of %(company)s. Register the company as the dealer.",
                        contact=partner.name,
                        company=partner.commercial_partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them, and let their customers show the type."""
        for values in vals_list:
            company = values.get("company_id") or self.env.company.root_id.id
            numbers = self.env["ir.sequence"].with_company(company)
            values["code"] = values.get("code") or numbers.next_by_code("customer.dealer")
        dealers = super().create(vals_list)
        dealers._show_type()
        return dealers

    def write(self, vals):
        """Override of `base`: customers show the type of their dealer.

        :raises DealerWriteError: when a dealer with contracts would become somebody else
        """
        if {"partner_id", "company_id"} & set(vals) and self.contract_ids:
            raise DealerWriteError(
                self.env._(
                    "A dealer with contracts keeps its customer and its company. Register the other one."
                )
            )
        done = super().write(vals)
        if {"type_id", "partner_id"} & set(vals):
            self._show_type()
        return done

    def _show_type(self):
        """Write the type of each dealer on its customer, where lists and searches of customers find it."""
        for (company, dealer_type), dealers in self.grouped(
            lambda one: (one.company_id, one.type_id)
        ).items():
            partners = dealers.partner_id.with_company(company)
            partners.filtered(
                lambda one, kind=dealer_type: one.customer_dealer_type_id != kind
            ).customer_dealer_type_id = dealer_type

    # Finding dealers

    @api.model
    def _of(self, partners, company):
        """Return the dealers that these customers, or the companies of these contacts, are: ``{partner id: dealer}``.

        One query; whoever asks.
        """
        found = self.sudo().search(
            [
                ("company_id", "=", company.root_id.id),
                ("partner_id", "in", partners.commercial_partner_id.ids),
            ]
        )
        by_partner = {dealer.partner_id.id: dealer for dealer in found}
        none = self.sudo().browse()
        return {partner.id: by_partner.get(partner.commercial_partner_id.id, none) for partner in partners}

    @api.model
    def _next_number(self, code, vals):
        """Return the next number of a kind of documents for a new one.

        :param str code: that of the sequence
        :param dict vals: what it is made with; the sequence is of the company of its dealer
        """
        company = self.sudo().browse(vals.get("dealer_id")).company_id
        return self.env["ir.sequence"].with_company(company).next_by_code(code)

    # Steps

    def _suspend(self, reason):
        """Take these dealers' prices and terms away until ``_resume``; contracts run on.

        :param str reason: what is shown and logged
        """
        today = fields.Date.context_today(self)
        self.filtered(lambda one: not one.suspended_on).sudo().write(
            {"suspended_on": today, "suspension_reason": reason}
        )

    def _resume(self):
        """Give suspended dealers back what they had."""
        self.sudo().write({"suspended_on": False, "suspension_reason": False})

    def action_resume(self):
        """End a suspension by hand.

        :raises DealerStateError: when a dealer is not suspended
        """
        self.check_access("write")
        for dealer in self:
            if not dealer.suspended_on:
                raise DealerStateError(self.env._("%s is not suspended.", dealer.display_name))
        self._resume()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for dealer in self:
            if dealer.contract_ids:
                raise DealerStateError(
                    self.env._(
                        "%s has contracts and cannot be deleted: close it by an exit instead.",
                        dealer.display_name,
                    )
                )
