"""What the tests of satisfaction have in common: a questionnaire, waves and answers in few words."""

from odoo import fields
from odoo.fields import Command

from .service_case import ServiceCase

AREAS = ("product", "delivery", "service", "price", "handling")


class SatisfactionCase(ServiceCase):
    """A short questionnaire: the three questions of ACSI, one for each area, recommendation, CSAT, a competitor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.scores = cls.env["customer.satisfaction.score"]
        cls.invitations = cls.env["customer.satisfaction.invitation"]
        cls.survey = (
            cls.env["survey.survey"]
            .sudo()
            .create(
                {
                    "title": "How are we?",
                    "satisfaction_kind": "yearly",
                    "access_mode": "token",
                    "is_attempts_limited": True,
                    "questions_layout": "one_page",
                    "user_id": False,
                    "scoring_type": "no_scoring",
                }
            )
            .with_env(cls.env)
        )
        cls.questions = {}
        for role in ("overall", "expected", "ideal"):
            cls._question(role, satisfaction_role=role, satisfaction_part="satisfaction")
        for area in AREAS:
            cls._question(area, satisfaction_area=area, satisfaction_part="quality")
        cls._question("nps", scale_min=0, satisfaction_figure="nps", satisfaction_part="loyalty")
        cls._question("csat", scale_max=5, satisfaction_figure="csat")
        cls._question("rival_name", question_type="char_box", satisfaction_about="name")
        cls._question(
            "rival",
            satisfaction_about="rival",
            satisfaction_role="overall",
            satisfaction_part="satisfaction",
        )
        cls._question("words", question_type="text_box")
        # Nobody is a customer but those of the test.
        others = cls.env["res.partner"].with_context(active_test=False).search([("customer_rank", ">", 0)])
        others.sudo().customer_rank = 0

    def setUp(self):
        super().setUp()
        before = dict(self.questions)
        self.addCleanup(lambda: (self.questions.clear(), self.questions.update(before)))

    @classmethod
    def _question(cls, code, **values):
        values = {
            "title": code,
            "survey_id": cls.survey.id,
            "question_type": "scale",
            "scale_min": 1,
            "scale_max": 10,
            **values,
        }
        cls.questions[code] = cls.env["survey.question"].sudo().create(values).with_env(cls.env)

    @classmethod
    def _make_scheme(cls, *cuts):
        """Return a scheme with the grades A, B, ... that end at these cuts."""
        grades = [
            Command.create({"name": name, "sequence": 10 * i, "cut": cut})
            for i, (name, cut) in enumerate(zip("ABC", (*cuts, 0), strict=False), 1)
        ]
        schemes = cls.env["customer.grade.scheme"].sudo()
        # The proposal of a new wave reads the first scheme of the company.
        schemes.search([("company_id", "=", cls.company.id)]).unlink()
        values = {"name": "ABC", "company_id": cls.company.id, "grade_ids": grades}
        return schemes.create(values).with_env(cls.env)

    @classmethod
    def _people(cls, customer, count, **values):
        """Return so many contacts of a customer, each with an address."""
        return cls.env["res.partner"].create(
            [
                {
                    "name": f"{customer.name} {i}",
                    "parent_id": customer.id,
                    "email": f"p{i}.{customer.id}@example.com",
                    **values,
                }
                for i in range(count)
            ]
        )

    @classmethod
    def _customers(cls, count, grade=None, **values):
        """Return so many customers with one contact each."""
        customers = cls.env["res.partner"].create(
            [{"name": f"Shop {i}", "is_company": True, "customer_rank": 1, **values} for i in range(count)]
        )
        if grade:
            customers.with_company(cls.company).sudo().customer_grade_id = grade
        for customer in customers:
            cls._people(customer, 1)
        return customers

    @classmethod
    def _wave(cls, user=None, **values):
        """Return a wave of all customers, drawn."""
        values = {
            "name": "Wave",
            "survey_id": cls.survey.id,
            "quota_ids": [Command.create({"percent": 100})],
            **values,
        }
        waves = cls.env["customer.satisfaction.wave"].with_user(user or cls.agent)
        wave = waves.create(values)
        wave.action_draw()
        return wave.with_env(cls.env)

    def _run(self):
        """Let the job of the day run."""
        with self.enter_registry_test_mode():
            self.env.ref("customer_service.satisfaction_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _start(self, wave):
        wave.with_user(self.agent).action_start()
        self._run()
        return wave.sudo().invitation_ids

    @classmethod
    def _say(cls, answer, done=True, **marks):
        """Answer as a customer does: mark by mark, then the end."""
        answer = answer.sudo()
        for code, mark in marks.items():
            answer._save_lines(cls.questions[code], str(mark))
        if done:
            answer._mark_done()

    def _answers(self, marks, customers=None, **values):
        """Return a running wave with an answer for each of these marks, each by another customer."""
        customers = customers or self._customers(len(marks))
        wave = self._wave(**values)
        for customer, mark in zip(customers, marks, strict=False):
            invitation = self._start(wave) if wave.state == "draft" else wave.sudo().invitation_ids
            mine = invitation.filtered(lambda one, customer=customer: one.commercial_partner_id == customer)
            self._say(mine.user_input_id, **mark)
        return wave

    def _index(self, wave, **options):
        """Return the figures of a wave about us."""
        domain = [("wave_id", "=", wave.id), ("about", "=", "own")]
        return self.scores._index(domain, **options).get(False, {})

    @staticmethod
    def _today(days=0):
        return fields.Date.add(fields.Date.today(), days=days)
