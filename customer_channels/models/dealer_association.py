from odoo import api, fields, models


class CustomerDealerAssociation(models.Model):
    """An association of our stores or dealers: who may join, who leads it, what it costs, when it meets. (form 5.4)"""

    _name = "customer.dealer.association"
    _description = "Dealer Association"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    area_id = fields.Many2one(
        "customer.area", index="btree_not_null", ondelete="restrict", check_company=True
    )
    type_ids = fields.Many2many(
        "customer.dealer.type",
        "customer_dealer_association_type_rel",
        "association_id",
        "type_id",
        string="Dealer Types",
        check_company=True,
        help="Who may join. Empty: dealers of any type.",
    )
    founded_on = fields.Date()
    needs_contract = fields.Boolean(
        string="Contract in Force", default=True, help="Only dealers whose contract runs are members."
    )
    needs_deposit = fields.Boolean(
        string="Deposit Paid", default=True, help="Only dealers whose deposit is complete are members."
    )
    sales_min = fields.Monetary(
        string="Least Sales in the Past Year",
        help="Invoiced without taxes. 0: none asked for.",
        tracking=True,
    )
    fee = fields.Monetary(string="Fee a Year", tracking=True)
    purpose = fields.Html()
    member_ids = fields.One2many("customer.dealer.association.member", "association_id", string="Members")
    member_count = fields.Integer(string="Members Now", compute="_compute_member_count")
    board = fields.Char(compute="_compute_board", help="Who holds an office today.")
    meeting_ids = fields.One2many("customer.dealer.meeting", "association_id", string="Meetings")
    meeting_count = fields.Integer(compute="_compute_meeting_count")
    next_meeting = fields.Datetime(compute="_compute_meeting_count")

    _amounts_positive = models.Constraint(
        "CHECK(COALESCE(fee, 0) >= 0 AND COALESCE(sales_min, 0) >= 0)",
        "Fee and least sales cannot be negative.",
    )

    @api.depends("member_ids.left_on", "member_ids.joined_on")
    def _compute_member_count(self):
        for association in self:
            association.member_count = len(association.member_ids.filtered("is_member"))

    @api.depends("member_ids.office", "member_ids.elected_on", "member_ids.left_on")
    def _compute_board(self):
        labels = dict(
            self.env["customer.dealer.association.member"]._fields["office"]._description_selection(self.env)
        )
        for association in self:
            officers = association.member_ids.filtered("in_office").sorted(lambda one: one._rank())
            association.board = ", ".join(f"{labels[one.office]}: {one.partner_id.name}" for one in officers)

    @api.depends("meeting_ids.start")
    def _compute_meeting_count(self):
        now = fields.Datetime.now()
        for association in self:
            starts = association.meeting_ids.mapped("start")
            association.meeting_count = len(starts)
            association.next_meeting = min((start for start in starts if start >= now), default=False)

    def action_open_meetings(self):
        """Open the meetings of the association."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_channels.dealer_meeting_action")
        return {
            **action,
            "domain": [("association_id", "=", self.id)],
            "context": {"default_association_id": self.id},
        }
