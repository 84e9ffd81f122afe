from odoo import api, fields, models

from ..exceptions import ContactStateError


class CustomerDealerContact(models.Model):
    """One contact with a dealer: who spoke with whom about what, what was answered, and what is still to do.

    With a day on which it is due it is open, and whoever is in charge has an activity of the host on the dealer
    until the result is there.
    """

    _name = "customer.dealer.contact"
    _description = "Business Contact"
    _inherit = ["customer.steps.mixin", "customer.links.mixin"]
    _order = "date desc, id desc"
    _rec_name = "matter"
    _check_company_auto = True
    _step_error = ContactStateError
    _step_fields = ("activity_id",)
    _checked_links = ("activity_id", "contact_id")

    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    dealer_id = fields.Many2one("customer.dealer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", string="Customer", store=True, index=True)
    contact_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    way = fields.Selection(
        [
            ("phone", "Telephone"),
            ("visit", "Visit"),
            ("mail", "Mail"),
            ("chat", "Chat"),
            ("meeting", "Meeting"),
            ("letter", "Letter"),
        ],
        required=True,
        default="phone",
    )
    matter = fields.Char(required=True)
    content = fields.Text()
    answer = fields.Text(string="Answer or Promise")
    user_id = fields.Many2one(
        "res.users",
        string="In Charge",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    date_due = fields.Date(string="Due", index="btree_not_null", help="Until when something is to be done.")
    result = fields.Char()
    state = fields.Selection(
        [("none", "Nothing to Do"), ("open", "To Do"), ("done", "Done")],
        compute="_compute_state",
        store=True,
        index=True,
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    @api.depends("date_due", "result")
    def _compute_state(self):
        for contact in self:
            done = "done" if (contact.result or "").strip() else "open"
            contact.state = done if contact.date_due or contact.result else "none"

    @api.constrains("contact_id", "dealer_id")
    def _check_contact_id(self):
        for contact in self.filtered("contact_id"):
            if contact.contact_id.commercial_partner_id != contact.partner_id:
                raise ContactStateError(
                    self.env._(
                        "%(person)s does not belong to %(dealer)s. Choose one of its people.",
                        person=contact.contact_id.name,
                        dealer=contact.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: who is in charge of an open one has it among the activities."""
        contacts = super().create(vals_list)
        contacts._follow()
        return contacts

    def write(self, vals):
        """Override of `base`: the activity follows person, day and result."""
        done = super().write(vals)
        if not {"user_id", "date_due", "result", "matter", "dealer_id"}.isdisjoint(vals):
            self._follow()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_activities(self):
        self.sudo().activity_id.unlink()

    def _follow(self):
        """Bring the activities into line: one for each open contact, none for the others."""
        contacts = self.sudo()
        for contact in contacts.filtered(lambda one: one.activity_id and one.state == "done"):
            contact.activity_id.action_feedback(feedback=contact.result)
        contacts.activity_id.exists().filtered("active").unlink()
        open_ones = contacts.filtered(lambda one: one.state == "open")
        kind = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id("customer.dealer")
        values = [
            {
                "res_model_id": model,
                "res_id": contact.dealer_id.id,
                "activity_type_id": kind,
                "user_id": contact.user_id.id,
                "date_deadline": contact.date_due,
                "summary": contact.matter,
            }
            for contact in open_ones
        ]
        activities = (
            self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(values)
        )
        for contact, activity in zip(open_ones, activities, strict=True):
            contact.activity_id = activity
