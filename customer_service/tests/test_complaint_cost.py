from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestComplaintCost(RemedyCase):
    """What a complaint costs is read from its documents; only what none of them knows is entered."""

    def test_all_parts_of_the_formula(self):
        """Domain 8.5: refund + allowance + replacement at cost + freight + claim - salvage - insurance - supplier."""
        self.goods.standard_price = 40
        sold = self._sold()
        complaint = self._about(sold)
        remedy = self._done(
            complaint,
            {"kind": "allowance", "percent": 10, "move_id": sold.invoice_lines.move_id.id},
            self._line(complaint, "replacement", 2),
        )
        self.assertEqual(complaint.cost_total, 0, "nothing is posted or sent yet")
        remedy.line_ids.credit_move_id.action_post()
        self._ship(remedy.line_ids.order_line_id.order_id, 2)
        self.env["customer.complaint.cost"].create(
            [
                {"complaint_id": complaint.id, "kind": kind, "amount": amount}
                for kind, amount in (
                    ("freight", 30),
                    ("claim", 50),
                    ("salvage", 5),
                    ("insurance", 20),
                    ("supplier", 15),
                )
            ]
        )
        self.assertEqual((complaint.cost_credit, complaint.cost_goods), (100, 80))
        self.assertEqual((complaint.cost_entered, complaint.cost_recovered), (80, -40))
        self.assertEqual(complaint._complaint_costs()[complaint.id], 220)
        self._receive(remedy)
        complaint.invalidate_recordset()
        self.assertEqual(
            (complaint.cost_returned, complaint.cost_total), (-80, 140), "two kettles are back in stock"
        )

    def test_a_complaint_without_costs_is_unknown_and_not_zero(self):
        self.assertEqual(self._complaint()._complaint_costs(), {})

    def test_the_amount_of_a_bill_is_read_from_it(self):
        complaint = self._complaint()
        bill = self._invoice(75, self.today, kind="in_invoice")
        costs = self.env["customer.complaint.cost"]
        cost = costs.create({"complaint_id": complaint.id, "kind": "freight", "move_id": bill.id})
        self.assertEqual(cost.amount, 75)
        with self.assertRaises(ValidationError):
            cost.amount = 7
        with self.assertRaises(ValidationError):
            costs.create(
                {"complaint_id": complaint.id, "kind": "freight", "move_id": self._invoice(9, self.today).id}
            )
