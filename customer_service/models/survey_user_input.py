from odoo import fields, models
from odoo.tools import SQL


class SurveyUserInput(models.Model):
    """An answer to a questionnaire about satisfaction: of which wave and segment, or about which complaint.

    Only answers that an invitation made count; a second try of the host's survey app counts nowhere.
    """

    _name = "survey.user_input"
    _inherit = ["survey.user_input", "customer.system.links.mixin"]
    _system_links = (
        "satisfaction_wave_id",
        "satisfaction_company_id",
        "satisfaction_grade_id",
        "satisfaction_area_id",
        "satisfaction_complaint_id",
        "satisfaction_followed_on",
    )

    satisfaction_wave_id = fields.Many2one(
        "customer.satisfaction.wave",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    satisfaction_company_id = fields.Many2one(
        "res.company", string="Asked By", readonly=True, copy=False, index="btree_not_null"
    )
    satisfaction_grade_id = fields.Many2one(
        "customer.grade",
        string="Grade When Asked",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    satisfaction_area_id = fields.Many2one(
        "customer.area",
        string="Area When Asked",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    satisfaction_complaint_id = fields.Many2one(
        "customer.complaint",
        string="About the Complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    satisfaction_followed_on = fields.Datetime(
        "Low Answer Taken Up", readonly=True, copy=False, help="When it opened a complaint or an activity."
    )

    def _mark_done(self):
        """Override of `survey`: tell the wave, take up low answers, and forget who answered anonymously."""
        result = super()._mark_done()
        asked = self.sudo().filtered("satisfaction_company_id")
        if asked:
            asked._satisfaction_answered()
        return result

    def _satisfaction_answered(self):
        """Close the invitations of finished answers."""
        invitations = self.env["customer.satisfaction.invitation"].sudo()
        invitations = invitations.search([("user_input_id", "in", self.ids)])
        hidden = invitations.filtered("wave_id.anonymous")
        named = invitations - hidden
        named.write({"state": "answered", "answered_on": fields.Datetime.now()})
        (self - hidden.user_input_id)._satisfaction_take_up_low()
        if hidden:
            hidden.user_input_id._satisfaction_forget(hidden)

    def _satisfaction_forget(self, invitations):
        """Cut what connects anonymous answers with their invitations: links, letters, people and times."""
        invitations.mail_id.unlink()
        invitations.write({"state": "answered", "user_input_id": False, "answered_on": False})
        names = ("partner_id", "email", "nickname", "invite_token", "lang_id")
        self.write(dict.fromkeys(names, False))
        self.env.flush_all()
        for table, column in (
            ("survey_user_input", "id"),
            ("survey_user_input_line", "user_input_id"),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_uid = 1, write_uid = 1, create_date = date_trunc('day', create_date),"
                    " write_date = date_trunc('day', write_date) WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    self.ids,
                )
            )
        self.env.cr.execute(
            SQL(
                "UPDATE survey_user_input SET start_datetime = date_trunc('day', start_datetime),"
                " end_datetime = date_trunc('day', end_datetime) WHERE id = ANY(%s)",
                self.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_satisfaction_invitation SET write_date = sent_on, write_uid = 1"
                " WHERE id = ANY(%s)",
                invitations.ids,
            )
        )
        self.env.invalidate_all()
