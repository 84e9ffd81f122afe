from urllib.parse import quote_plus

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .care_holiday import CALENDARS, day_exists, next_kept

GROUPS = "customer_service.group_service_user,customer_management.group_customer_user"
# By channel: where a contact declines it.
DECLINED = {
    "call": "customer_care_no_call",
    "mail": "customer_care_no_mail",
    "survey": "customer_care_no_mail",
    "gift": "customer_care_no_gift",
}


class ResPartner(models.Model):
    """Birthdays of contacts in their own calendar, and what care they have declined."""

    _inherit = "res.partner"

    customer_birthday_calendar = fields.Selection(
        CALENDARS, string="Calendar", groups=GROUPS, help="Empty: the solar one."
    )
    customer_birthday_month = fields.Integer("Month of Birth", groups=GROUPS)
    customer_birthday_day = fields.Integer("Day of Birth", groups=GROUPS)
    customer_birthday_leap = fields.Boolean(
        "Leap Month", groups=GROUPS, help="Born in the second of two months with the same number."
    )
    customer_birthday_year = fields.Integer("Year of Birth", groups=GROUPS, help="0: not known.")
    customer_birthday_next = fields.Date(
        "Next Birthday",
        compute="_compute_customer_birthday_next",
        groups=GROUPS,
        help="By the contact's own calendar; 29 February and a 30th that is missing are kept on the last day.",
    )
    customer_contract_on = fields.Date("Contract Since", groups=GROUPS)
    customer_care_no_call = fields.Boolean("No Calls", tracking=True, groups=GROUPS, copy=False)
    customer_care_no_mail = fields.Boolean("No E-mails", tracking=True, groups=GROUPS, copy=False)
    customer_care_no_gift = fields.Boolean("No Gifts", tracking=True, groups=GROUPS, copy=False)
    customer_care_declined_on = fields.Date("Declined On", readonly=True, copy=False, groups=GROUPS)
    customer_care_declined_by_id = fields.Many2one(
        "res.users", string="Noted By", readonly=True, copy=False, groups=GROUPS, ondelete="set null"
    )
    customer_care_ids = fields.One2many("customer.care", "commercial_partner_id", groups=GROUPS)

    _customer_birthday = models.Index(
        "(customer_birthday_month, customer_birthday_day) WHERE customer_birthday_month > 0"
    )

    @api.constrains("customer_birthday_calendar", "customer_birthday_month", "customer_birthday_day")
    def _check_customer_birthday(self):
        """:raises ValidationError: when there is no such day in the calendar"""
        for partner in self.sudo():
            month, day = partner.customer_birthday_month, partner.customer_birthday_day
            if (month or day) and not day_exists(partner.customer_birthday_calendar, month, day):
                raise ValidationError(
                    self.env._(
                        "%(name)s: no calendar has day %(day)s of month %(month)s as a birthday.",
                        name=partner.display_name,
                        month=month,
                        day=day,
                    )
                )

    @api.depends(
        "customer_birthday_calendar",
        "customer_birthday_month",
        "customer_birthday_day",
        "customer_birthday_leap",
    )
    def _compute_customer_birthday_next(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.customer_birthday_next = next_kept(
                partner.customer_birthday_calendar,
                partner.customer_birthday_month,
                partner.customer_birthday_day,
                partner.customer_birthday_leap,
                today,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: note since when, and by whom, care is declined."""
        return super().create([self._note_declined(vals) for vals in vals_list])

    def write(self, vals):
        """Override of `base`: note since when care is declined, and leave out what is planned."""
        news = [channel for channel, name in DECLINED.items() if vals.get(name)]
        done = super().write(self._note_declined(vals))
        if news and self.ids:
            self._skip_declined(news)
        return done

    @api.model
    def _note_declined(self, vals):
        if not any(vals.get(name) for name in DECLINED.values()):
            return vals
        who = {"customer_care_declined_by_id": self.env.uid}
        return {**vals, "customer_care_declined_on": fields.Date.context_today(self), **who}

    def _skip_declined(self, channels):
        """Leave out what is planned for contacts, and for the people of customers, who declined it."""
        planned = (
            self.env["customer.care"]
            .sudo()
            .search(
                [
                    ("state", "=", "planned"),
                    ("channel", "in", channels),
                    "|",
                    ("partner_id", "in", self.ids),
                    ("commercial_partner_id", "in", self.ids),
                ]
            )
        )
        # What the company as a whole declined holds for its people; what one of them did, for that one only.
        planned = planned.filtered(lambda care: care._is_declined())
        if planned:
            planned._skip(self.env._("Declined by the customer"))

    def _customer_map_url(self):
        """Return the address on a map: of China's own in China, else of OpenStreetMap; False without an address."""
        words = self._customer_map_words()
        if not words:
            return False
        if self.country_id.code == "CN":
            return f"https://uri.amap.com/search?keyword={quote_plus(words)}"
        return f"https://www.openstreetmap.org/search?query={quote_plus(words)}"

    def _customer_map_words(self):
        parts = (self.street, self.street2, self.zip, self.city, self.state_id.name, self.country_id.name)
        return ", ".join(part for part in parts if part) if self.street or self.city or self.zip else ""
