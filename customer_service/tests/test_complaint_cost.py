from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

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

    def _in_report(self):
        """Return what reports and metrics read: {complaint id: amount}."""
        rows = self.env.execute_query(
            SQL(
                "SELECT complaint_id, SUM(amount) FROM (%s) c GROUP BY complaint_id",
                self.env["customer.complaint"]._cost_sql(),
            )
        )
        return {complaint: float(amount) for complaint, amount in rows}

    def _returned(self, quantity=2):
        """Return a complaint of which goods came back, at a cost of 40 each, and the transfer that brought them."""
        self.goods.standard_price = 40
        complaint = self._about(self._sold(20))
        remedy = self._done(complaint, self._line(complaint, "replacement", quantity))
        self._receive(remedy)
        complaint.invalidate_recordset()
        return complaint, remedy.line_ids.return_move_ids.picking_id

    def test_what_came_back_and_was_scrapped_brought_nothing(self):
        complaint, picking = self._returned()
        self.assertEqual(complaint.cost_returned, -80)
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.goods.id,
                "scrap_qty": 1,
                "picking_id": picking.id,
                "location_id": picking.location_dest_id.id,
            }
        )
        scrap.do_scrap()
        complaint.invalidate_recordset()
        self.assertEqual(complaint.cost_returned, -40, "one of the two kettles is worth something")
        self.assertEqual(self._in_report()[complaint.id], complaint.cost_total)

    def test_goods_count_in_the_unit_of_their_cost(self):
        complaint, picking = self._returned(12)
        picking.move_ids.sudo().value = 0
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env.flush_all()
        # As if the warehouse had counted in dozens: as many kettles, at the cost of one each.
        self.cr.execute(
            "UPDATE stock_move SET product_uom = %s, quantity = 1 WHERE id IN %s",
            (dozen.id, tuple(picking.move_ids.ids)),
        )
        self.env.invalidate_all()
        self.assertEqual(complaint.cost_returned, -480)

    def test_the_report_says_what_the_complaint_says(self):
        complaint, _picking = self._returned()
        other = self._complaint()
        self.env["customer.complaint.cost"].create(
            {"complaint_id": other.id, "kind": "freight", "amount": 30}
        )
        both = complaint | other
        both.invalidate_recordset()
        found = self._in_report()
        self.assertEqual({one.id: found[one.id] for one in both}, {one.id: one.cost_total for one in both})
        self.assertEqual(found[other.id], 30)

    def test_a_proposal_that_was_taken_back_costs_nothing(self):
        complaint, _picking = self._returned()
        complaint.remedy_ids.sudo()._approval_write({"step": "void"})
        complaint.invalidate_recordset()
        self.assertEqual(complaint.cost_total, 0)

    def test_many_complaints_cost_no_more_questions_than_few(self):
        costs = self.env["customer.complaint.cost"]
        complaints = self.env["customer.complaint"].union(*(self._complaint() for _number in range(20)))
        costs.create([{"complaint_id": one.id, "kind": "freight", "amount": 5} for one in complaints])
        self._in_report()

        def asked(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("cost_total")
            self._in_report()
            return self.cr.sql_log_count - before

        self.assertEqual(asked(complaints[:2]), asked(complaints))

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
