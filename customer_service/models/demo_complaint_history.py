from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import LazyTranslate

from .demo_complaints import PLACES, STEPS

_lt = LazyTranslate(__name__)

# What was closed before the complaints that the story tells at length: days ago, customer, product, pieces, kind,
# what it says, harm, spread, source, cause, days until it was closed, what it cost besides and how much.
# The customers had got these goods by then; nobody complains here about what comes back in the story's own ones.
BEFORE = (
    # fmt: off
    (338, "jiangnan", "stove", 6, "quality", _lt("6 stoves do not light at once"), "2", "1", "mail", "making", 5,
     "rework", 900),
    (322, "beihai", "kettle", 5, "transit_damage", _lt("5 kettles dented in the carton"), "1", "1", "phone",
     "transit", 3, "freight", 180),
    (301, "harvest", "fan", 6, "quantity_short", _lt("6 fans missing"), "1", "1", "phone", "picking", 2,
     "freight", 90),
    (286, "sunrise", "purifier", 2, "quality", _lt("Two purifiers hum"), "1", "1", "visit", "making", 3,
     "rework", 320),
    (262, "xihu", "cooker", 4, "transit_damage", _lt("The lids of 4 cookers are cracked"), "1", "1", "portal",
     "transit", 3, "freight", 260),
    (249, "lianhua", "hood", 3, "quality", _lt("The light of 3 hoods flickers"), "1", "1", "phone", "making", 6,
     "rework", 210),
    (236, "silkroad", "stove", 3, "wrong_goods", _lt("Stoves for the other kind of gas"), "2", "1", "mail",
     "picking", 4, "freight", 540),
    (221, "beihai", "purifier", 4, "quality", _lt("4 purifiers drip at the joint"), "1", "1", "phone", "making", 3,
     "rework", 480),
    (204, "jiangnan", "fan", 12, "transit_damage", _lt("12 fans with bent guards"), "2", "2", "mail", "transit", 8,
     "freight", 1100),
    (190, "harbin", "fan", 2, "price_invoice", _lt("The discount is missing on the invoice"), "1", "1", "letter",
     "price", 2, None, 0),
    (177, "xihu", "fan", 5, "quantity_short", _lt("5 fans missing in the delivery"), "1", "1", "portal", "picking",
     2, "freight", 120),
    (163, "harvest", "stove", 2, "quality", _lt("A knob comes off"), "1", "1", "phone", "making", 4, "rework", 60),
    (149, "lianhua", "kettle", 6, "transit_damage", _lt("Cartons soaked by rain"), "1", "1", "phone", "packing", 3,
     "freight", 150),
    (138, "panda", "cooker", 1, "late_delivery", _lt("A week too late for the opening"), "1", "1", "visit", "late",
     2, None, 0),
    (130, "lianhua", "purifier", 5, "late_delivery", _lt("The purifiers came a week late"), "1", "1", "mail",
     "late", 3, "freight", 75),
    (124, "beihai", "cooker", 6, "transit_damage", _lt("The handles of 6 cookers are broken"), "1", "1", "phone",
     "transit", 5, "freight", 390),
    (112, "jiangnan", "kettle", 10, "wrong_goods", _lt("10 kettles with the wrong plug"), "1", "1", "mail",
     "picking", 3, "freight", 310),
    (101, "xihu", "stove", 4, "quality", _lt("4 stoves burn with a yellow flame"), "2", "2", "portal", "making", 9,
     "rework", 760),
    (93, "guilin", "fan", 1, "service_attitude", _lt("The driver refused to unload"), "1", "1", "phone",
     "attitude", 2, None, 0),
    (78, "sunrise", "hood", 2, "transit_damage", _lt("The glass of two hoods is broken"), "1", "1", "mail",
     "transit", 4, "freight", 85),
    (70, "jiangnan", "hood", 3, "transit_damage", _lt("Corners pressed in: no foam in the carton"), "1", "1",
     "mail", "packing", 3, "freight", 130),
    (66, "beihai", "fan", 8, "quantity_short", _lt("8 fans missing in the delivery"), "1", "1", "phone", "picking",
     2, "freight", 140),
    (56, "lianhua", "cooker", 2, "quality", _lt("The timer of two cookers stops"), "1", "1", "phone", "making", 6,
     "rework", 110),
    # fmt: on
)


class CustomerDemoStory(models.AbstractModel):
    """A year of complaints that are closed: what the chart of causes, the statistics and the trend count."""

    _inherit = "customer.demo.story"

    @api.model
    def _complain_before(self):
        """Take in the complaints of the year before, settle each with a word and what it cost, and date them back."""
        now = fields.Datetime.now()
        complaints, ends = self.env["customer.complaint"], []
        for days, *facts, cause, took, cost, amount in BEFORE:
            received = now - timedelta(days=days, hours=days % 7)
            closed = received + timedelta(days=took)
            complaint = self._complaint_received(*facts, received)
            if cost:
                row = {"date": closed.date(), "kind": cost, "amount": amount}
                complaint.cost_ids = [Command.create(row)]
            complaints += complaint
            ends.append((cause, closed))
        complaints._demo_settle([cause for cause, _closed in ends])
        for complaint, (_cause, closed) in zip(complaints, ends, strict=True):
            complaint._demo_backdate(closed)


class CustomerComplaint(models.Model):
    """How the demo settles complaints of the past."""

    _inherit = "customer.complaint"

    def _demo_settle(self, causes):
        """Take complaints to their end together: with a word, and without papers in the books of today."""
        complaints = self.with_context(demo_settled=True)
        for place, step in zip(PLACES, STEPS, strict=True):
            for complaint, cause in zip(complaints, causes, strict=True):
                complaint._demo_prepare(place, cause)
            getattr(complaints, step)()
