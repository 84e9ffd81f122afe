import random
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Command

# Customer: how satisfied its people are, on the scale from 1 to 10, a year ago and now.
MOODS = {
    "jiangnan": (7.6, 8.3),
    "beihai": (7.2, 6.1),
    "xihu": (7.4, 7.9),
    "lianhua": (7.0, 7.6),
    "harvest": (7.9, 8.6),
    "sunrise": (6.6, 7.0),
    "panda": (6.9, 5.4),
    "guilin": (7.1, 7.4),
    "greatwall": (7.8, 8.1),
    "silkroad": (6.8, 7.7),
    "mingzhu": (7.3, 7.2),
    "harbin": (6.2, 6.5),
}
FAMILY = ("Wang", "Li", "Zhao", "Chen", "Liu", "Zhou", "Xu", "Sun", "Ma", "Zhu", "Hu", "Guo")
GIVEN = ("Jun", "Mei", "Tao", "Ying")
WORK = ("Purchasing manager", "Head of sales", "Warehouse manager", "Accountant")
# What is better or worse than the mood of a customer, by question.
TENDENCY = {
    "expectation": 0.6,
    "needs": 0.4,
    "product": 0.7,
    "defects": 0.2,
    "delivery": -1.1,
    "service": 0.3,
    "price": -0.4,
    "worth": 0.0,
    "expected": -0.6,
    "ideal": -0.9,
    "handling": -0.8,
    "again": 0.7,
    "recommend": 0.4,
    "rival_overall": -0.3,
    "rival_product": -0.5,
    "rival_delivery": 0.6,
    "rival_service": -0.6,
    "rival_price": 0.5,
}
RIVALS = ("Golden Sail", "Golden Sail", "Golden Sail", "East Lake Trading", "East Lake Trading", "")
WISHES = (
    "Deliver when you say you will.",
    "Answer complaints faster.",
    "Tell us earlier when a price changes.",
    "Spare parts for older models.",
    "Nothing, go on like this.",
)


class CustomerDemoStory(models.AbstractModel):
    """Two yearly waves with their answers, one that runs, and what a customer said about its complaint."""

    _inherit = "customer.demo.story"

    @api.model
    def _satisfy(self):
        """Ask the people of the customers how satisfied they are, dated back. Demo only."""
        agent = self.env.ref("customer_service.user_fangmin")
        story = self.with_user(agent).with_company(self.env.ref("base.main_company"))
        story = story.with_context(tracking_disable=True, mail_notrack=True, no_reset_password=True)
        story._make_contacts()
        survey = "satisfaction_survey_yearly"
        before = story._wave("Satisfaction, last year", survey, 495, 0.8)
        now = story._wave("Satisfaction, this year", survey, 130, 0.9)
        running = story._wave("Would you recommend us?", "satisfaction_survey_nps", 9, 0.35)
        (before | now)._close()
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {"xml_id": f"customer_service.satisfaction_wave_{name}", "record": wave, "noupdate": True}
                for name, wave in (("before", before), ("now", now), ("running", running))
            ]
        )
        story._answer_about_complaints()

    def _make_contacts(self):
        """Give each customer the people who buy there."""
        values = []
        for i, name in enumerate(MOODS):
            for k, given in enumerate(GIVEN):
                family = FAMILY[(i + 5 * k) % len(FAMILY)]
                values.append(
                    {
                        "name": f"{family} {given}",
                        "parent_id": self.env.ref(f"customer_management.partner_{name}").id,
                        "function": WORK[k],
                        "email": f"{family}.{given}@{name}.example.com".lower(),
                    }
                )
        return self.env["res.partner"].sudo().create(values)

    def _wave(self, name, survey, days, share):
        """Return a wave that began some days ago and that a share of the people has answered."""
        today = fields.Date.context_today(self)
        begin = fields.Date.subtract(today, days=days)
        wave = self.env["customer.satisfaction.wave"].create(
            {
                "name": name,
                "survey_id": self.env.ref(f"customer_service.{survey}").id,
                "date_from": begin,
                "date_to": max(fields.Date.add(begin, days=30), begin),
                "gap_days": 0,
                "quota_ids": [Command.create({"percent": 100.0, "sequence": 90})],
            }
        )
        wave.quota_ids += self._grade_lines(wave)
        wave.action_draw()
        wave.sudo().write({"state": "running", "started_on": datetime.combine(begin, time(2))})
        chance = random.Random(days)
        for one in wave.sudo().invitation_ids:
            one.user_input_id = one._new_answer()
            one.write({"state": "sent", "sent_on": datetime.combine(begin, time(2))})
            if chance.random() < share:
                one._demo_answer(chance, begin, latest=days < 365)
        return wave

    def _grade_lines(self, wave):
        """Return lines for all grades of the customers of the story, all of them asked."""
        partners = self.env["res.partner"].with_company(wave.company_id)
        customers = partners.union(*(self.env.ref(f"customer_management.partner_{name}") for name in MOODS))
        grades = customers.with_company(wave.company_id).customer_grade_id
        return self.env["customer.satisfaction.quota"].create(
            [{"wave_id": wave.id, "grade_id": grade.id, "percent": 100.0} for grade in grades]
        )

    def _answer_about_complaints(self):
        """Let the customers of closed complaints say how these were handled."""
        invitations = self.env["customer.satisfaction.invitation"].sudo()
        closed = [("state", "=", "planned"), ("complaint_id.outcome", "=", "settled")]
        for one in invitations.search(closed):
            one.user_input_id = one._new_answer()
            one.write({"state": "sent", "sent_on": one.complaint_id.date_closed})
            one._demo_mark({"overall": 4, "speed": 3, "result": 5, "words": "Thank you for the new hoods."})
            one._demo_done(one.complaint_id.date_closed + timedelta(hours=30))


class CustomerSatisfactionInvitation(models.Model):
    """How the people of the demo answer."""

    _inherit = "customer.satisfaction.invitation"

    def _demo_answer(self, chance, begin, latest):
        """Answer as the mood of the customer is, a little different from person to person."""
        name = self.commercial_partner_id.get_external_id()[self.commercial_partner_id.id]
        mood = MOODS.get(name.removeprefix("customer_management.partner_"), (7.0, 7.0))[latest]
        mood += chance.gauss(0, 0.9)
        marks = {
            code: round(min(max(mood + tendency + chance.gauss(0, 0.8), 1), 10))
            for code, tendency in TENDENCY.items()
            if chance.random() < 0.93
        }
        marks["overall"] = round(min(max(mood + chance.gauss(0, 0.4), 1), 10))
        rival = chance.choice(RIVALS)
        if rival:
            marks["rival_name"] = rival
        else:
            marks = {code: mark for code, mark in marks.items() if not code.startswith("rival")}
        if chance.random() < 0.3:
            marks["words"] = chance.choice(WISHES)
        self._demo_mark(marks)
        self._demo_done(datetime.combine(begin, time(6)) + timedelta(hours=chance.randint(2, 200)))

    def _demo_mark(self, marks):
        """Write the marks of an answer, by the names of the questions."""
        survey = self.survey_id.get_external_id()[self.survey_id.id]
        for code, mark in marks.items():
            question = self.env.ref(f"{survey}_{code}", raise_if_not_found=False)
            if question:
                self.user_input_id._save_lines(question, str(mark))

    def _demo_done(self, moment):
        """Finish an answer at a moment, without what follows from low marks."""
        moment = min(moment, fields.Datetime.now())
        self.user_input_id.write({"state": "done", "start_datetime": moment, "end_datetime": moment})
        self.write({"state": "answered", "answered_on": moment})
