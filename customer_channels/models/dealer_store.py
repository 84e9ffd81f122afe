from odoo import api, fields, models

KINDS = [
    ("hypermarket", "Hypermarket"),
    ("supermarket", "Supermarket"),
    ("convenience", "Convenience Store"),
    ("department", "Department Store"),
    ("specialist", "Specialist Shop"),
    ("special", "Special-appointment Store"),
    ("franchise", "Franchise Store"),
    ("other", "Other"),
]
PAYERS = [("company", "We"), ("dealer", "The Dealer")]


class CustomerDealerStore(models.Model):
    """A shop that a dealer serves or runs, and who holds the contract with it. (forms 5.20 and A9)"""

    _name = "customer.dealer.store"
    _description = "Store"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "dealer_id, name, id"
    _check_company_auto = True

    name = fields.Char("Store", required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="dealer_id.user_id", store=True, index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner",
        string="Address in Contacts",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only where goods are delivered to the store.",
    )
    kind = fields.Selection(KINDS, required=True, default="supermarket")
    address = fields.Char(compute="_compute_address", store=True, readonly=False, precompute=True)
    area_id = fields.Many2one(
        "customer.area",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    head = fields.Char(string="Person in Charge")
    phone = fields.Char()
    surface = fields.Float(string="Shop Area (m²)", digits=(10, 1))
    staff = fields.Integer()
    population = fields.Integer(string="People in the Trade Area")
    distance = fields.Float(string="Distance to the Next Store (km)", digits=(10, 2))
    date_opened = fields.Date(
        string="Served From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_closed = fields.Date(string="Served Until", help="The last day, included.", tracking=True)
    holder = fields.Selection(
        PAYERS,
        string="Contract Held By",
        required=True,
        default="dealer",
        help="A store whose contract we hold stays with us when the dealer goes.",
        tracking=True,
    )
    contract_number = fields.Char(string="Store Contract")
    contract_from = fields.Date()
    contract_to = fields.Date(tracking=True)
    fee_ids = fields.One2many("customer.dealer.store.fee", "store_id", string="Listing Fees")
    fee_company = fields.Monetary(string="Fees Paid by Us", compute="_compute_fees", store=True)
    fee_dealer = fields.Monetary(string="Fees Paid by the Dealer", compute="_compute_fees", store=True)
    assessment_ids = fields.One2many("customer.assessment", "dealer_store_id", string="Surveys")
    survey_date = fields.Date(string="Last Survey", compute="_compute_survey")
    survey_score = fields.Float(string="Score", compute="_compute_survey", digits=(5, 2), aggregator=None)
    survey_conclusion = fields.Char(string="Conclusion", compute="_compute_survey")
    entry_warning = fields.Text(
        string="Against the Rules of Entry", compute="_compute_entry_warning", compute_sudo=True
    )
    note = fields.Text()

    _served_in_order = models.Constraint(
        "CHECK(date_closed >= date_opened)", "A store cannot be left before it was first served."
    )
    _contract_in_order = models.Constraint(
        "CHECK(contract_to >= contract_from)", "The contract of a store cannot end before it begins."
    )
    _sizes_positive = models.Constraint(
        "CHECK(COALESCE(surface, 0) >= 0 AND COALESCE(staff, 0) >= 0 AND COALESCE(population, 0) >= 0 "
        "AND COALESCE(distance, 0) >= 0)",
        "Sizes and distances of a store cannot be negative.",
    )

    @api.depends("partner_id")
    def _compute_address(self):
        for store in self:
            partner = store.partner_id
            parts = (partner.state_id.name, partner.city, partner.street, partner.street2)
            store.address = " ".join(filter(None, parts)) or store.address

    @api.depends("partner_id", "dealer_id")
    def _compute_area_id(self):
        for company, stores in self.grouped("company_id").items():
            found = self.env["customer.area"]._locate(stores.partner_id, company or None)
            for store in stores:
                store.area_id = found.get(store.partner_id.id) or store.area_id or store.dealer_id.area_id

    @api.depends("fee_ids.amount", "fee_ids.paid_by")
    def _compute_fees(self):
        for store in self:
            paid = store.fee_ids.grouped("paid_by")
            none = self.env["customer.dealer.store.fee"]
            store.fee_company = sum(paid.get("company", none).mapped("amount"))
            store.fee_dealer = sum(paid.get("dealer", none).mapped("amount"))

    @api.depends("assessment_ids.state", "assessment_ids.score", "assessment_ids.date")
    def _compute_survey(self):
        surveys = self.env["customer.assessment"].search_fetch(
            [("dealer_store_id", "in", self.ids), ("state", "=", "done")],
            ["dealer_store_id", "date", "score", "conclusion"],
            order="date desc, id desc",
        )
        last = {store: found[:1] for store, found in surveys.grouped("dealer_store_id").items()}
        for store in self:
            survey = last.get(store._origin, surveys.browse())
            store.survey_date = survey.date
            store.survey_score = survey.score
            store.survey_conclusion = survey.conclusion

    @api.depends("kind", "population", "distance", "surface", "company_id")
    def _compute_entry_warning(self):
        """Say which rules of entry a franchise store does not meet; what was not entered is not judged."""
        for store in self:
            rules = store._entry_rules() if store.kind == "franchise" else []
            broken = [text for value, least, text in rules if value and least and value < least]
            store.entry_warning = "\n".join(broken) or False

    def _entry_rules(self):
        """Hook: return what a franchise store is measured by: a list of (value, least, what to say)."""
        self.ensure_one()
        company = self.company_id
        people, way = company.customer_dealer_store_population, company.customer_dealer_store_distance
        room = company.customer_dealer_store_surface
        found, least = f"{self.distance:g}", f"{way:g}"
        far = self.env._("%(found)s km to the next store; %(least)s km are needed.", found=found, least=least)
        found, least = f"{self.surface:g}", f"{room:g}"
        return [
            (
                self.population,
                people,
                self.env._(
                    "%(found)s people in its trade area; %(least)s are needed.",
                    found=self.population,
                    least=people,
                ),
            ),
            (self.distance, way, far),
            (
                self.surface,
                room,
                self.env._("%(found)s m²; %(least)s m² are needed.", found=found, least=least),
            ),
        ]

    def write(self, vals):
        """Override of `base`: a store that is archived is served no longer."""
        if "active" in vals and not vals["active"]:
            today = fields.Date.context_today(self)
            served = self.filtered(lambda store: not store.date_closed)
            super(CustomerDealerStore, served).write({"date_closed": today})
        return super().write(vals)

    @api.model
    def _store_counts(self, dealers, day):
        """Return how many stores each dealer served on a day, archived ones included: ``{dealer id: number}``.

        Two queries, whoever asks; a dealer without any store on record has no entry.
        """
        stores = self.sudo().with_context(active_test=False)
        served = [
            ("dealer_id", "in", dealers.ids),
            ("date_opened", "<=", day),
            "|",
            ("date_closed", "=", False),
            ("date_closed", ">=", day),
        ]
        groups = stores._read_group([("dealer_id", "in", dealers.ids)], ["dealer_id"])
        counts = {dealer.id: 0 for (dealer,) in groups}
        counts.update(
            {dealer.id: number for dealer, number in stores._read_group(served, ["dealer_id"], ["__count"])}
        )
        return counts

    def action_survey(self):
        """Begin a survey of the store and open it."""
        self.ensure_one()
        survey = self.env["customer.assessment"].create(
            {
                "template_id": self.env.ref("customer_channels.assessment_template_store").id,
                "partner_id": self.dealer_id.partner_id.id,
                "dealer_store_id": self.id,
                "company_id": self.company_id.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": survey._name,
            "res_id": survey.id,
            "views": [(False, "form")],
        }
