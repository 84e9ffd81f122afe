from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import ComplaintAuthorityError, ComplaintStepError, OpinionError
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintEvidence(ServiceCase):
    """Each kind says which evidence it needs; a complaint is not assessed without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind.evidence_ids = [
            Command.create({"name": "Photo", "form": "photo"}),
            Command.create({"name": "Sample", "form": "sample", "is_required": False}),
        ]

    def test_the_checklist_comes_with_the_kind_and_what_is_required_is_asked_for(self):
        complaint = self._complaint().with_user(self.agent)
        self.assertEqual(complaint.proof_ids.mapped("name"), ["Photo", "Sample"])
        complaint.action_acknowledge()
        with self.assertRaisesRegex(ComplaintStepError, "Evidence: Photo"):
            complaint.action_confirm()
        complaint.proof_ids[0].note = "  "
        with self.assertRaises(ComplaintStepError):
            complaint.action_confirm()
        complaint.proof_ids[0].note = "Seen by Fang Min at the customer's"
        complaint.action_confirm()
        self.assertEqual(complaint.stage, "assess")

    def test_another_kind_another_checklist_but_what_is_there_stays(self):
        complaint = self._complaint()
        complaint.proof_ids[1].note = "In the laboratory"
        complaint.kind_id = self.env["customer.complaint.kind"].create(
            {"name": "Noise", "code": "noise", "evidence_ids": [Command.create({"name": "Recording"})]}
        )
        self.assertEqual(set(complaint.proof_ids.mapped("name")), {"Sample", "Recording"})

    def test_the_agent_waives_nothing(self):
        proof = self._complaint().proof_ids[0].with_user(self.agent)
        with self.assertRaises(ComplaintStepError):
            proof.is_required = False
        with self.assertRaises(ComplaintStepError):
            proof.unlink()

    def test_files_are_seen_by_all_who_see_the_complaint_and_by_nobody_else(self):
        complaint = self._complaint()
        file = self.env["ir.attachment"].with_user(self.agent).create({"name": "p.txt", "raw": b"x"})
        complaint.proof_ids[0].with_user(self.agent).attachment_ids = file
        self.assertTrue(complaint.proof_ids[0].is_there)
        self.assertEqual(file.with_user(self.boss).raw, b"x")
        stranger = new_test_user(self.env, "desk_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            file.with_user(stranger).read(["raw"])
        secret = self.env["ir.attachment"].with_user(stranger).create({"name": "s.txt", "raw": b"s"})
        with self.assertRaises(AccessError):
            complaint.proof_ids[0].with_user(self.agent).attachment_ids = [Command.link(secret.id)]


@tagged("post_install", "-at_install")
class TestComplaintOpinion(ServiceCase):
    """Departments are asked in their turn, and whoever is asked can answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker = new_test_user(cls.env, "desk_maker", "base.group_user", company_id=cls.env.company.id)
        cls.production = cls.env["hr.department"].sudo().create({"name": "Test Production"})
        cls.kind.asked_ids = [
            Command.create({"department_id": cls.quality.id, "user_id": cls.boss.id, "sequence": 1}),
            Command.create({"department_id": cls.production.id, "user_id": cls.maker.id, "sequence": 2}),
        ]

    def test_one_department_after_the_other(self):
        complaint = self._take(self._complaint(), "assess")
        first, second = complaint.opinion_ids
        self.assertEqual((first.state, second.state), ("asked", "planned"))
        self.assertEqual(first.activity_ids.user_id, self.boss)
        self._found(complaint)
        with self.assertRaisesRegex(ComplaintStepError, "Test Quality(.|\n)*Test Production"):
            complaint.action_assess()
        first.opinion = "Two of three leak"
        first.with_user(self.boss).action_answer()
        self.assertFalse(first.activity_ids)
        self.assertEqual(second.state, "asked")

    def test_who_was_asked_answers_without_any_right_in_service(self):
        complaint = self._take(self._complaint(), "assess")
        complaint.opinion_ids[0].opinion = "x"
        complaint.opinion_ids[0].action_answer()
        mine = complaint.opinion_ids[1].with_user(self.maker)
        self.assertEqual(mine.summary, "The kettle leaks")
        with self.assertRaises(AccessError):
            mine.complaint_id.read(["claim_amount"])
        with self.assertRaises(AccessError):
            complaint.opinion_ids[0].with_user(self.maker).read(["opinion"])
        with self.assertRaises(OpinionError):
            mine.is_required = False
        with self.assertRaises(OpinionError):
            mine.action_answer()
        mine.opinion = "The seal was thin"
        mine.action_answer()
        self.assertEqual((mine.state, mine.answered_by_id), ("answered", self.maker))
        with self.assertRaises(OpinionError):
            mine.opinion = "It was not"
        self._found(complaint)
        complaint.action_assess()

    def test_nobody_answers_for_others_or_writes_the_state(self):
        complaint = self._take(self._complaint(), "assess")
        with self.assertRaises(AccessError):
            complaint.opinion_ids[0].with_user(self.maker).opinion = "Not us"
        with self.assertRaises(OpinionError):
            complaint.opinion_ids[0].with_user(self.agent).state = "answered"

    def test_a_closed_complaint_waits_for_nobody(self):
        complaint = self._take(self._complaint(), "assess")
        complaint._withdraw("Found it")
        self.assertEqual(set(complaint.opinion_ids.mapped("state")), {"dropped"})
        self.assertFalse(complaint.opinion_ids.activity_ids)


@tagged("post_install", "-at_install")
class TestComplaintAuthority(ServiceCase):
    """Who may take which step is a table, and it holds on the server."""

    def test_an_urgent_complaint_is_closed_by_a_manager(self):
        complaint = self._take(self._complaint(harm="4"), "follow_up")
        self._prevented(complaint)
        with self.assertRaisesRegex(ComplaintAuthorityError, "Manager"):
            complaint.with_user(self.agent).action_close()
        complaint.with_user(self.boss).action_close()

    def test_a_step_without_a_line_is_for_whoever_handles_it(self):
        complaint = self._take(self._complaint(), "follow_up")
        complaint.with_user(self.agent).action_close()
        self.assertEqual(complaint.outcome, "settled")

    def test_the_head_of_the_responsible_department_decides_where_the_table_says_so(self):
        self.env["customer.complaint.authority"].create({"step": "carry_out", "who": "head"})
        complaint = self._take(self._complaint(), "agree")
        self._agreed(complaint)
        complaint.department_id = self.quality
        with self.assertRaises(ComplaintAuthorityError):
            complaint.with_user(self.agent).action_agree()
        head = self.env["hr.employee"].sudo().create({"name": "Head", "user_id": self.agent.id})
        self.quality.sudo().manager_id = head
        complaint.with_user(self.agent).action_agree()

    def test_the_row_of_the_company_goes_first(self):
        rows = self.env["customer.complaint.authority"]
        rows.create({"step": "withdrawn", "who": "manager"})
        rows.create({"step": "withdrawn", "who": "any", "company_id": self.env.company.id})
        complaint = self._complaint()
        complaint.with_user(self.agent)._withdraw("Found it")
        self.assertEqual(complaint.outcome, "withdrawn")


@tagged("post_install", "-at_install")
class TestComplaintSeverity(ServiceCase):
    """Repeated complaints, the best customers and the press weigh a level more."""

    def test_a_complaint_that_comes_back_weighs_more(self):
        line = [Command.create({"product_id": self.goods.id})]
        first = self._complaint(line_ids=line, date_received="2025-03-01 08:00:00")
        again = self._complaint(line_ids=line, date_received="2025-04-01 08:00:00")
        late = self._complaint(line_ids=line, date_received="2025-12-01 08:00:00")
        self.assertEqual((first + again + late).mapped("repeat_count"), [0, 1, 0])
        self.assertEqual((first + again + late).mapped("severity"), ["normal", "major", "normal"])
        self.assertEqual(
            self.env["customer.complaint"].search(
                [("repeat_count", ">", 0), ("id", "in", (first + again).ids)]
            ),
            again,
        )
        first._withdraw("Wrong address")
        again._weigh()
        self.assertEqual(again.severity, "normal")

    def test_the_grade_of_the_customer_counts_as_soon_as_it_changes(self):
        scheme = (
            self.env["customer.grade.scheme"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)], limit=1)
        )
        scheme = scheme or self.env["customer.grade.scheme"].sudo().create(
            {"name": "Test", "metric_id": self.env.ref("customer_management.metric_revenue").id}
        )
        grade = scheme.grade_ids[:1]
        grade.complaint_raised = True
        complaint = self._complaint()
        self.anna._change_customer_grade(grade, "Best")
        self.assertEqual(complaint.severity, "major")
        grade.complaint_raised = False
        self.assertEqual(complaint.severity, "normal")

    def test_a_manager_raises_it_with_a_reason_and_nobody_else(self):
        complaint = self._complaint()
        with self.assertRaises(AccessError):
            complaint.with_user(self.agent)._raise_severity("Important")
        with self.assertRaises(ComplaintStepError):
            complaint.with_user(self.agent).raised_reason = "Important"
        wizard = (
            self.env["customer.complaint.end"]
            .with_user(self.boss)
            .create({"complaint_id": complaint.id, "step": "raise", "reason": "The minister uses it"})
        )
        wizard.action_apply()
        self.assertEqual(complaint.severity, "major")
        self.assertIn("minister", complaint.severity_note)
        made = complaint.with_context(default_raised_reason="x").with_user(self.agent)
        self.assertFalse(made.create({"partner_id": self.anna.id, "summary": "x"}).raised_reason)

    def test_the_service_levels_hear_of_it(self):
        complaint = self._complaint()
        heard = []
        self.patch(
            type(complaint),
            "_clock_event",
            lambda records, event: heard.extend((one.id, event) for one in records),
        )
        complaint.is_public = True
        complaint.summary = "Other words"
        self.assertEqual(heard, [(complaint.id, "changed")])

    def test_a_closed_complaint_keeps_its_severity(self):
        complaint = self._take(self._complaint(), "closed")
        complaint.is_public = True
        self.assertEqual(complaint.severity, "normal")


@tagged("post_install", "-at_install")
class TestComplaintSimilar(ServiceCase):
    """What was said before is shown, and taken up with one click."""

    def test_like_words_or_the_same_goods_of_the_same_customer(self):
        words = self._complaint(summary="The kettle leaks at the handle")
        goods = self._complaint(summary="Rust", line_ids=[Command.create({"product_id": self.goods.id})])
        self._complaint(self.boris, summary="The kettle leaks at the handle")
        new = self._complaint(
            summary="Kettle leaks at handle", line_ids=[Command.create({"product_id": self.goods.id})]
        )
        self.assertEqual(new.similar_ids, words + goods)

    def test_one_click_makes_it_a_duplicate_or_the_next_one(self):
        first, again, third = self._complaint(), self._complaint(), self._complaint()
        first.with_user(self.agent).with_context(similar_to=again.id).action_same_as_this()
        self.assertEqual((again.outcome, again.original_id), ("duplicate", first))
        first.with_user(self.agent).with_context(similar_to=third.id).action_comes_after_this()
        self.assertEqual((third.follows_id, third.severity), (first, "major"))

    def test_a_complaint_does_not_come_after_itself(self):
        first, second = self._complaint(), self._complaint()
        second.follows_id = first
        with self.assertRaises(UserError):
            first.follows_id = second
