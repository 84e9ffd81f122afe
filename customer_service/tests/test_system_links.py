from odoo.exceptions import UserError
from odoo.tests import tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestSystemLinks(RemedyCase):
    """Which complaint a transfer, an order or an answer belongs to is said by service, whoever may write them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._user("link_keeper", "stock.group_stock_user")
        cls.seller = cls._user("link_seller", "sales_team.group_sale_salesman_all_leads")

    def setUp(self):
        super().setUp()
        self.complaint = self._about(self._sold())
        self.remedy = self._done(self.complaint, self._line(self.complaint, "replacement", 4))
        self.line = self.remedy.line_ids

    def _refused(self, action):
        with self.assertRaises(UserError), self.cr.savepoint():
            action()

    def test_the_warehouse_does_not_say_that_goods_came_back_for_a_complaint(self):
        move = self._sold().order_id.picking_ids.move_ids[:1].with_user(self.keeper)
        self._refused(lambda: move.write({"complaint_remedy_line_id": self.line.id}))
        self._refused(
            lambda: move.picking_id.write(
                {"move_ids": [(1, move.id, {"complaint_remedy_line_id": self.line.id})]}
            )
        )
        values = {
            "product_id": self.goods.id,
            "product_uom_qty": 1,
            "location_id": move.location_dest_id.id,
            "location_dest_id": move.location_id.id,
        }
        moves = self.env["stock.move"].with_user(self.keeper)
        self._refused(lambda: moves.create({**values, "complaint_remedy_line_id": self.line.id}))
        made = moves.with_context(default_complaint_remedy_line_id=self.line.id).create(values)
        self.assertFalse(made.sudo().complaint_remedy_line_id)
        self._refused(lambda: self.line.with_user(self.keeper).write({"return_move_ids": [(4, move.id)]}))

    def test_nor_that_they_did_not(self):
        move = self.line.return_move_ids.with_user(self.keeper)
        self._refused(lambda: move.write({"complaint_remedy_line_id": False}))

    def test_what_the_warehouse_receives_in_parts_stays_with_the_complaint(self):
        picking = self.line.return_move_ids.picking_id.with_user(self.keeper)
        picking.action_assign()
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        back = self.line.return_move_ids
        self.assertEqual(sorted(back.mapped("product_uom_qty")), [1, 3])
        self.assertEqual(len(back.picking_id), 2)

    def test_sales_do_not_say_which_order_replaces_what(self):
        order = self._quotation((self.goods, 1)).with_user(self.seller)
        self._refused(lambda: order.write({"complaint_remedy_id": self.remedy.id}))
        orders = self.env["sale.order"].with_user(self.seller)
        values = {"partner_id": self.anna.id}
        self._refused(lambda: orders.create({**values, "complaint_remedy_id": self.remedy.id}))
        made = orders.with_context(default_complaint_remedy_id=self.remedy.id).create(values)
        self.assertFalse(made.complaint_remedy_id)
        own = self.line.order_line_id.order_id.with_user(self.seller)
        self._refused(lambda: own.write({"complaint_remedy_id": False}))
        self.assertFalse(own.copy().complaint_remedy_id)

    def test_who_makes_questionnaires_does_not_say_which_answers_count(self):
        maker = self._user("link_survey", "survey.group_survey_manager")
        survey = (
            self.env["survey.survey"]
            .sudo()
            .create({"title": "Own", "user_id": self.env.ref("base.user_admin").id})
        )
        answers = self.env["survey.user_input"].with_user(maker)
        values = {"survey_id": survey.id}
        for link in (
            {"satisfaction_complaint_id": self.complaint.id},
            {"satisfaction_company_id": self.env.company.id},
        ):
            self._refused(lambda link=link: answers.create({**values, **link}))
            answer = answers.create(values)
            self._refused(lambda link=link, answer=answer: answer.write(link))
        made = answers.with_context(default_satisfaction_complaint_id=self.complaint.id).create(values)
        self.assertFalse(made.sudo().satisfaction_complaint_id)

    def test_the_other_ends_of_the_links_are_closed_too(self):
        accountant = self._user("link_accountant", "account.group_account_invoice")
        invoice = self._invoice(50, self.today)
        link = [(4, self.line.id)]
        self._refused(lambda: invoice.with_user(accountant).write({"complaint_remedy_line_ids": link}))
        order = self._quotation((self.goods, 1))
        request = self.env["customer.service.request"].create({"partner_id": self.anna.id, "fault": "x"})
        self._refused(
            lambda: order.with_user(self.seller).write({"customer_service_request_ids": [(4, request.id)]})
        )
        visit = self.env["customer.service.visit"].create(
            {"request_id": request.id, "user_id": self.agent.id, "date_from": "2026-03-02 08:00:00"}
        )
        event = (
            self.env["calendar.event"]
            .with_user(self.agent)
            .create({"name": "x", "start": "2026-03-02 08:00:00", "stop": "2026-03-02 09:00:00"})
        )
        self._refused(lambda: event.write({"customer_visit_ids": [(4, visit.id)]}))
