import random

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ComplaintStepError, RemedyQuantityError
from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestComplaintRoom(RemedyCase):
    """Goods come back, are replaced, repaired or sent again, never more of them than were delivered."""

    def test_a_return_with_credit_takes_goods_and_invoice_back_together(self):
        sold = self._sold()
        complaint = self._about(sold)
        remedy = self._done(complaint, self._line(complaint, "return", 4))
        self.assertEqual(remedy.line_ids.amount, 400)
        with self.assertRaisesRegex(ComplaintStepError, "4 Units have not come back|4 .* have not come back"):
            complaint.action_carried_out()
        self._receive(remedy)
        remedy.line_ids.credit_move_id.action_post()
        self.assertEqual((remedy.state, sold.qty_delivered, sold.qty_invoiced), ("done", 6, 6))
        self.assertEqual(sold.order_id.invoice_status, "invoiced")

    def test_never_more_than_delivered_across_complaints_and_returns(self):
        sold = self._sold()
        first, second = self._about(sold), self._about(sold)
        self._remedy(first, self._line(first, "return", 7))
        with self.assertRaisesRegex(RemedyQuantityError, "takes back 1 "):
            self._remedy(second, self._line(second, "replacement", 4))
        self._remedy(second, self._line(second, "replacement", 4, takes_back=False))
        third = self._about(sold)
        with self.assertRaises(RemedyQuantityError):
            self._remedy(third, self._line(third, "repair", 2), self._line(third, "repair", 2))

    def test_what_the_warehouse_took_back_by_itself_counts(self):
        sold = self._sold()
        picking = sold.move_ids.picking_id
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_model="stock.picking", active_id=picking.id, active_ids=picking.ids)
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.quantity = 8
        wizard._create_return()
        complaint = self._about(sold)
        with self.assertRaisesRegex(RemedyQuantityError, "takes back 1 "):
            self._remedy(complaint, self._line(complaint, "return", 3))

    def test_units_are_converted_and_only_what_was_delivered_counts(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        sold = self._sold(30)
        complaint = self._about(sold)
        with self.assertRaises(RemedyQuantityError):
            self._remedy(complaint, self._line(complaint, "return", 3, uom_id=dozen.id))
        remedy = self._done(complaint, self._line(complaint, "return", 2, uom_id=dozen.id))
        self.assertEqual(
            (remedy.line_ids.amount, sum(remedy.line_ids.return_move_ids.mapped("product_qty"))), (2400, 24)
        )

    def test_several_deliveries_come_back_from_the_last_one(self):
        order = self._order((self.goods, 10))
        self._ship(order, 6)
        self._ship(order, 4)
        order._create_invoices().action_post()
        complaint = self._about(order.order_line)
        remedy = self._done(complaint, self._line(complaint, "return", 7))
        moves = remedy.line_ids.return_move_ids
        self.assertEqual(sorted(moves.mapped("product_uom_qty")), [3, 4])
        self.assertEqual(len(moves.picking_id), 2)

    def test_goods_received_in_two_parts_stay_with_the_remedy(self):
        complaint = self._about(self._sold())
        remedy = self._done(complaint, self._line(complaint, "return", 5, amount=0))
        self._receive(remedy, 2)
        self.assertEqual((remedy.state, len(remedy.line_ids.return_move_ids)), ("running", 2))
        self._receive(remedy)
        self.assertEqual(sum(remedy.line_ids.return_move_ids.mapped("quantity")), 5)
        remedy.line_ids.credit_move_id.action_post()
        self.assertEqual(remedy.state, "done")

    def test_a_replacement_is_an_order_without_a_price_that_the_credit_rules_decide(self):
        sold = self._sold()
        complaint = self._about(sold)
        remedy = self._done(complaint, self._line(complaint, "replacement", 2))
        order = remedy.line_ids.order_line_id.order_id
        self.assertEqual((order.state, order.amount_total, order.partner_id), ("sale", 0, self.anna))
        self.assertEqual(sold.qty_delivered, 10, "what is replaced stays sold")
        self._receive(remedy)
        self.assertEqual((remedy.state, sold.qty_delivered), ("running", 10))
        self._ship(order, 2)
        self.assertEqual(remedy.state, "done")

    def test_a_held_replacement_waits_for_its_release(self):
        complaint = self._about(self._sold())
        self._invoice(50, "2024-01-01")
        self.env["customer.credit.rule"].create(
            {"name": "Late", "kind": "overdue_days", "threshold": 1, "action": "hold"}
        )
        remedy = self._done(complaint, self._line(complaint, "redelivery", 2))
        order = remedy.line_ids.order_line_id.order_id
        self.assertEqual((order.state, order.credit_state, remedy.state), ("draft", "held", "running"))
        with self.assertRaisesRegex(ComplaintStepError, order.name):
            complaint.action_carried_out()

    def test_a_repair_is_the_hosts_repair_of_what_comes_back(self):
        complaint = self._about(self._sold())
        remedy = self._done(complaint, self._line(complaint, "repair", 1))
        repair = remedy.line_ids.repair_id
        self.assertEqual(
            (repair.product_id, repair.partner_id, repair.under_warranty), (self.goods, self.anna, True)
        )
        self.assertEqual(repair.picking_id, remedy.line_ids.return_move_ids.picking_id)
        self._receive(remedy)
        repair.action_validate()
        repair.action_repair_start()
        repair.action_repair_end()
        self.assertEqual((repair.state, remedy.state), ("done", "done"))

    def test_the_agent_carries_out_without_rights_on_the_documents(self):
        """Who may propose makes the drafts; to post, receive and deliver is the right of others."""
        complaint = self._about(self._sold()).with_user(self.agent)
        remedy = (
            self.env["customer.complaint.remedy"]
            .with_user(self.agent)
            .create(
                {
                    "complaint_id": complaint.id,
                    "line_ids": [
                        Command.create(self._line(complaint, kind, 1))
                        for kind in ("return", "replacement", "repair", "redelivery")
                    ],
                }
            )
        )
        remedy.action_submit()
        remedy.action_offer()
        remedy.action_accept()
        complaint.action_agree()
        complaint.action_carry_out_remedies()
        found = remedy.sudo().complaint_id._remedy_documents()
        self.assertEqual([len(found[model]) for model in sorted(found)], [1, 1, 1, 1])
        self.assertEqual(remedy.line_ids.mapped("is_done"), [False] * 4)
        with self.assertRaises(AccessError):
            found["account.move"].with_user(self.agent).action_post()
        remedy.action_void()
        self.assertEqual(
            [found[model].state for model in sorted(found)], ["cancel", "cancel", "cancel", "cancel"]
        )

    def test_a_cancelled_return_is_made_anew(self):
        complaint = self._about(self._sold())
        remedy = self._done(complaint, self._line(complaint, "return", 5))
        remedy.line_ids.return_move_ids.picking_id.action_cancel()
        remedy.action_carry_out()
        live = remedy.line_ids.return_move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(live.mapped("product_uom_qty")), 5)

    def test_whatever_the_sequence_no_more_comes_back_than_was_delivered(self):
        """A property: random proposals, cancellations and receipts never bring back more than 10 of 10."""
        chance = random.Random(20261122)
        sold = self._sold()
        remedies = self.env["customer.complaint.remedy"]
        for complaint in [self._about(sold) for _round in range(14)]:
            kind = chance.choice(["return", "replacement", "repair"])
            try:
                with self.env.cr.savepoint():
                    remedy = self._done(complaint, self._line(complaint, kind, chance.randint(1, 5)))
                    remedies |= remedy
            except RemedyQuantityError:
                continue
            chosen = chance.choice(remedies)
            if chance.random() < 0.5:
                self._receive(chosen)
            elif chosen.state == "running" and not chosen.line_ids._final_documents():
                chosen.action_void()
            moves = remedies.line_ids.return_move_ids.filtered(lambda move: move.state != "cancel")
            self.assertLessEqual(sum(moves.mapped("product_uom_qty")), 10)
        self.assertTrue(remedies)
