from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

OFFICES = [
    ("president", "President"),
    ("vice", "Vice President"),
    ("officer", "Officer"),
    ("auditor", "Auditor"),
]


class CustomerDealerAssociationMember(models.Model):
    """A dealer in an association, from when to when, and the office to which it was elected for a year. (form 5.4)"""

    _name = "customer.dealer.association.member"
    _description = "Association Member"
    _order = "association_id, joined_on, id"
    _check_company_auto = True
    _rec_name = "partner_id"

    association_id = fields.Many2one(
        "customer.dealer.association", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="association_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index="btree_not_null")
    user_id = fields.Many2one(related="dealer_id.user_id", store=True, index="btree_not_null")
    joined_on = fields.Date(string="Joined", required=True, default=fields.Date.context_today)
    left_on = fields.Date(string="Left")
    is_member = fields.Boolean(string="Member Now", compute="_compute_is_member")
    office = fields.Selection(OFFICES)
    elected_on = fields.Date(string="Elected")
    office_until = fields.Date(
        string="In Office Until", compute="_compute_office_until", store=True, help="Elected for one year."
    )
    in_office = fields.Boolean(compute="_compute_is_member")
    fee_until = fields.Date(string="Fee Paid Until")
    obstacle = fields.Char(
        string="Not Met", compute="_compute_obstacle", help="Which condition of membership is not met today."
    )

    _member_unique = models.UniqueIndex(
        "(association_id, dealer_id) WHERE left_on IS NULL", "This dealer is a member already."
    )
    _dates_in_order = models.Constraint(
        "CHECK(left_on >= joined_on)", "A member cannot leave before it joined."
    )

    @api.depends("elected_on")
    def _compute_office_until(self):
        for member in self:
            member.office_until = member.elected_on and member.elected_on + relativedelta(years=1, days=-1)

    @api.depends("joined_on", "left_on", "office", "elected_on", "office_until")
    def _compute_is_member(self):
        today = fields.Date.context_today(self)
        for member in self:
            member.is_member = (
                bool(member.joined_on)
                and member.joined_on <= today
                and (not member.left_on or member.left_on >= today)
            )
            member.in_office = (
                member.is_member
                and bool(member.office and member.elected_on)
                and member.elected_on <= today <= member.office_until
            )

    @api.depends("dealer_id", "association_id", "left_on")
    def _compute_obstacle(self):
        short = self.dealer_id._deposits_short()
        sales = self._sales_of_year()
        for member in self:
            texts = member._obstacles(short, sales) if not member.left_on else []
            member.obstacle = ", ".join(texts) or False

    def _sales_of_year(self):
        """Return what the dealers were invoiced in the past twelve months: ``{dealer id: amount}``."""
        today = fields.Date.context_today(self)
        since, found = today - relativedelta(years=1, days=-1), {}
        asked = self.filtered(lambda one: one.association_id.sales_min)
        for company, members in asked.grouped("company_id").items():
            amounts = self.env["customer.dealer.sales"]._amounts(company, since, today, members.dealer_id)
            found.update({dealer: row["amount"] for dealer, row in amounts.items()})
        return found

    def _obstacles(self, short, sales):
        """Hook: return which conditions of membership the dealer does not meet, in words.

        :param dict short: what is missing of deposits, by dealer id
        :param dict sales: what was sold in twelve months, by dealer id
        """
        self.ensure_one()
        rules, dealer, texts = self.association_id, self.dealer_id, []
        if rules.type_ids and dealer.type_id not in rules.type_ids:
            texts.append(self.env._("another dealer type"))
        if rules.needs_contract and dealer.state != "active":
            texts.append(self.env._("no contract in force"))
        if rules.needs_deposit and short.get(dealer.id):
            texts.append(self.env._("deposit incomplete"))
        if rules.sales_min and sales.get(dealer.id, 0.0) < rules.sales_min:
            texts.append(self.env._("too little sold"))
        return texts

    def _rank(self):
        return [code for code, _name in OFFICES].index(self.office)

    @api.constrains("dealer_id", "association_id", "joined_on", "left_on")
    def _check_conditions(self):
        """Only who meets the conditions joins; members who lose one stay, and are shown."""
        for member in self.filtered(lambda one: not one.left_on):
            if member.obstacle:
                raise ValidationError(
                    self.env._(
                        "%(dealer)s cannot join %(association)s: %(reasons)s.",
                        dealer=member.dealer_id.partner_id.name,
                        association=member.association_id.name,
                        reasons=member.obstacle,
                    )
                )

    @api.constrains("office", "elected_on")
    def _check_office(self):
        for member in self:
            if bool(member.office) != bool(member.elected_on):
                raise ValidationError(
                    self.env._(
                        "Enter the office of %s together with the day of the election.",
                        member.partner_id.name,
                    )
                )
