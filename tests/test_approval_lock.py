"""What waits or is approved stays as it is, with its lines and its evidence."""

from tools.approval_case import ApprovalCase

from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError, ApprovalRightError


@tagged("post_install", "-at_install")
class TestLock(ApprovalCase):
    def test_what_waits_or_is_approved_is_not_changed_but_for_what_is_free(self):
        self._make_rule(self.bob)
        request = self._submit(line_ids=[(0, 0, {"name": "Paper"})])
        for _state in ("pending", "approved"):
            for person in (request, request.with_user(self.max), request.sudo()):
                for values in ({"amount": 1}, {"note": "x", "name": "y"}, {"line_ids": [(5, 0, 0)]}):
                    with self.assertRaises(ApprovalLockError):
                        person.write(values)
                with self.assertRaises(ApprovalLockError):
                    person.unlink()
                with self.assertRaises(ApprovalLockError):
                    person.update_field_translations("name", {"en_US": "Other"})
            request.note = "Called the shop"
            request.message_post(body="Still needed")
            request.with_user(self.bob).sudo(False).action_approve() if _state == "pending" else None

    def test_lines_are_locked_with_their_document(self):
        self._make_rule(self.bob)
        lines = self.env["customer.test.request.line"].with_user(self.ann)
        draft = self._make_request()
        loose = lines.create({"name": "Loose", "request_id": draft.id})
        held = self._submit(line_ids=[(0, 0, {"name": "Paper"})])
        for attempt in (
            lambda: lines.create({"name": "More", "request_id": held.id}),
            lambda: lines.with_context(default_request_id=held.id).create({"name": "More"}),
            lambda: loose.write({"request_id": held.id}),
            lambda: held.line_ids.write({"request_id": draft.id}),
            lambda: held.line_ids.write({"name": "Ink"}),
            lambda: held.line_ids.sudo().write({"name": "Ink"}),
            lambda: held.line_ids.unlink(),
            lambda: held.write({"line_ids": [(0, 0, {"name": "More"})]}),
        ):
            with self.assertRaises(ApprovalLockError), self.cr.savepoint():
                attempt()
        self.assertEqual(held.line_ids.mapped("name"), ["Paper"])

    def test_evidence_stays(self):
        self._make_rule(self.bob)
        request = self._make_request()
        evidence = {"name": "offer.txt", "raw": b"500", "res_model": request._name, "res_id": request.id}
        paper = self.env["ir.attachment"].with_user(self.ann).create(evidence)
        request.action_submit()
        for attempt in (lambda: paper.write({"raw": b"100"}), paper.unlink, paper.sudo().unlink):
            with self.assertRaises(ApprovalLockError):
                attempt()
        request.action_withdraw()
        paper.write({"raw": b"100"})

    def test_a_document_that_somebody_decided_about_is_never_deleted(self):
        self._make_rule(self.bob)
        request = self._submit()
        self.refuse(request, self.bob)
        with self.assertRaises(ApprovalLockError):
            request.unlink()
        request.action_reset()
        with self.assertRaises(ApprovalLockError):
            request.unlink()
        withdrawn = self._submit()
        withdrawn.action_withdraw()
        rows = self.rows(withdrawn)
        withdrawn.unlink()
        self.assertEqual((rows.exists().state, rows.subject), ("withdrawn", "Printer"))

    def test_a_copy_of_something_approved_is_a_draft(self):
        request = self._submit()
        copy = request.copy()
        self.assertEqual((copy.approval_state, copy.requested_by_id.id), ("draft", False))
        self.assertFalse(copy.approval_ids)
        with self.assertRaises(ApprovalRightError):
            request.copy({"approval_state": "approved"})
