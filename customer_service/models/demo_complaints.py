from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What the customers say, in the order of the complaints below: a term beside other texts would be taken for one.
SAID = (
    _lt("12 hoods rattle at full speed"),
    _lt("4 cookers missing in the delivery"),
    _lt("The stoves came nine days late"),
    _lt("The cord of the kettles gets hot"),
    _lt("3 purifiers arrived with dents"),
    _lt("The invoice has the old price"),
    _lt("Nobody called back for a week"),
    _lt("Hoods rattle again"),
    _lt("White kettles instead of red ones"),
)
# Code, customer, product, pieces, kind, harm, spread, source, days ago, cause, how far it got.
COMPLAINTS = (
    ("hood", "beihai", "hood", 12, "quality", "2", "2", "phone", 46, "making", "closed"),
    ("short", "jiangnan", "cooker", 4, "quantity_short", "1", "2", "mail", 31, "picking", "closed"),
    ("late", "harvest", "stove", 5, "late_delivery", "1", "2", "visit", 24, "late", "follow_up"),
    ("cord", "lianhua", "kettle", 18, "quality", "4", "3", "phone", 9, "material", "carry_out"),
    ("dent", "xihu", "purifier", 3, "transit_damage", "2", "1", "portal", 7, "transit", "agree"),
    ("price", "silkroad", "fan", 18, "price_invoice", "1", "1", "mail", 5, "price", "assess"),
    ("attitude", "panda", "fan", 1, "service_attitude", "1", "1", "phone", 3, None, "confirm"),
    ("rattle", "beihai", "hood", 6, "quality", "2", "3", "mail", 1, None, "listen"),
    ("colour", "sunrise", "kettle", 8, "wrong_goods", "1", "1", "letter", 60, "wish", "rejected"),
)
STEPS = (
    "action_acknowledge",
    "action_confirm",
    "action_assess",
    "action_agree",
    "action_carried_out",
    "action_close",
)
# How much of the time each stage takes.
WEIGHTS = {
    "listen": 1,
    "confirm": 3,
    "assess": 7,
    "agree": 4,
    "carry_out": 6,
    "follow_up": 3,
    "closed": 3,
}
PLACES = ("confirm", "assess", "agree", "carry_out", "follow_up", "closed")


class CustomerDemoStory(models.AbstractModel):
    """Two months of complaints: from one that was heard a day ago to one that is closed."""

    _inherit = "customer.demo.story"

    @api.model
    def _complain(self):
        """Take in the complaints and take each as far as the story says, dated back."""
        company = self.env.ref("base.main_company")
        agent = self.env.ref("customer_service.user_fangmin")
        # What was said and found is kept in words: in the language of the people of the story.
        self._speak("customer_service")
        story = self.with_user(agent).with_company(company)
        story = story.with_context(tracking_disable=True, lang=self._language())
        story._complain_before()
        for summary, (code, customer, product, pieces, kind, *facts) in zip(SAID, COMPLAINTS, strict=True):
            complaint = story._complaint(customer, product, pieces, kind, summary, *facts)
            story.env["ir.model.data"].sudo()._update_xmlids(
                [{"xml_id": f"customer_service.complaint_{code}", "record": complaint, "noupdate": True}]
            )
        # Disputes outlive this addon, and its agent does not.
        settled = self.env["customer.dispute"].sudo().search([("settled_by_id", "=", agent.id)])
        settled.settled_by_id = self.env.ref("customer_management.user_chenjing")

    def _complaint(self, customer, product, pieces, kind, summary, harm, spread, source, days, cause, until):
        """Return a complaint of the story, taken as far as it says and dated back."""
        received = fields.Datetime.now() - timedelta(days=days, hours=2)
        complaint = self._complaint_received(
            customer, product, pieces, kind, summary, harm, spread, source, received
        )
        complaint._demo_go(until, cause)
        complaint._demo_backdate()
        return complaint

    def _complaint_received(self, customer, product, pieces, kind, summary, harm, spread, source, received):
        """Return a complaint about goods of the last order that had brought enough of them by then."""
        partner = self.env.ref(f"customer_management.partner_{customer}")
        goods = self.env.ref(f"customer_management.product_{product}")
        sold = self.env["sale.order.line"].sudo()
        sold = sold.search(
            [
                ("product_id", "=", goods.id),
                ("order_id.partner_id", "=", partner.id),
                ("state", "=", "sale"),
                ("qty_delivered", ">=", pieces),
                ("order_id.date_order", "<=", received),
            ],
            order="id desc",
            limit=1,
        )
        complaints = self.env["customer.complaint"].with_context(ir_sequence_date=received.date())
        return complaints.create(
            {
                "partner_id": partner.id,
                "kind_id": self.env.ref(f"customer_service.complaint_kind_{kind}").id,
                "summary": complaints._demo_said(summary),
                "harm": harm,
                "spread": spread,
                "source": source,
                "order_id": sold.order_id.id,
                "move_id": sold.invoice_lines.move_id.filtered(lambda move: move.state == "posted")[:1].id,
                "date_received": received,
                "line_ids": [
                    Command.create({"product_id": goods.id, "sale_line_id": sold.id, "quantity": pieces})
                ],
            }
        )


class CustomerComplaint(models.Model):
    """How the demo takes a complaint through its stages."""

    _inherit = "customer.complaint"

    def _demo_go(self, until, cause):
        """Take the steps of a complaint until a stage."""
        last = PLACES.index(until) if until in PLACES else 1 if until == "rejected" else -1
        for number, step in enumerate(STEPS[: last + 1]):
            self._demo_prepare(PLACES[number], cause)
            getattr(self, step)()
        if until == "rejected":
            self.finding = self.env._("The order says white, and so does the confirmation.")
            self.sudo()._reject(self.env._("Delivered as ordered."))

    def _demo_prepare(self, stage, cause):
        """Fill in what a stage asks for; the parts of the suite add theirs by ``super()`` and more."""
        if stage == "agree":
            self.finding = self.env._("Checked with the warehouse and the maker; the customer is right.")
            self.is_justified = "yes"
            self.cause_id = self.env.ref(f"customer_service.complaint_cause_{cause}")

    def _demo_backdate(self, until=None):
        """Spread the stages over the days since the complaint was received. Demo only, as the system.

        :param until: when the last one was reached, for those that are closed; as late as possible by default
        """
        complaint = self.sudo()
        start, rows = complaint.date_received, complaint.stage_ids
        weights = [WEIGHTS[row.stage] for row in rows]
        whole = (until or fields.Datetime.now()) - start
        # With an end given, the last stage begins then; else it has lasted until now.
        span = whole / (sum(weights[:-1]) if until else sum(weights))
        for number, row in enumerate(rows):
            row.entered_on = start + span * sum(weights[:number])
            row.left_on = row.left_on and start + span * sum(weights[: number + 1])
        moments = {row.stage: row.entered_on for row in rows}
        complaint.write(
            {
                "date_acknowledged": moments.get("confirm"),
                "date_answered": moments.get("confirm"),
                "date_closed": moments.get("closed"),
            }
        )
