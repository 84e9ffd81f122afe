from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import LazyTranslate

from .demo_complaints import PLACES, STEPS

_lt = LazyTranslate(__name__)

# What was closed before the complaints that the story tells at length: days ago, customer, product, pieces, kind,
# harm, spread, source, cause, days until it was closed, what it cost besides and how much.
# The customers had got these goods by then; nobody complains here about what comes back in the story's own ones.
BEFORE = """
338 jiangnan stove 6 quality 2 1 mail making 5 rework 900
322 beihai kettle 5 transit_damage 1 1 phone transit 3 freight 180
301 harvest fan 6 quantity_short 1 1 phone picking 2 freight 90
286 sunrise purifier 2 quality 1 1 visit making 3 rework 320
262 xihu cooker 4 transit_damage 1 1 portal transit 3 freight 260
249 lianhua hood 3 quality 1 1 phone making 6 rework 210
236 silkroad stove 3 wrong_goods 2 1 mail picking 4 freight 540
221 beihai purifier 4 quality 1 1 phone making 3 rework 480
204 jiangnan fan 12 transit_damage 2 2 mail transit 8 freight 1100
190 harbin fan 2 price_invoice 1 1 letter price 2 - 0
177 xihu fan 5 quantity_short 1 1 portal picking 2 freight 120
163 harvest stove 2 quality 1 1 phone making 4 rework 60
149 lianhua kettle 6 transit_damage 1 1 phone packing 3 freight 150
138 panda cooker 1 late_delivery 1 1 visit late 2 - 0
130 lianhua purifier 5 late_delivery 1 1 mail late 3 freight 75
124 beihai cooker 6 transit_damage 1 1 phone transit 5 freight 390
112 jiangnan kettle 10 wrong_goods 1 1 mail picking 3 freight 310
101 xihu stove 4 quality 2 2 portal making 9 rework 760
93 guilin fan 1 service_attitude 1 1 phone attitude 2 - 0
78 sunrise hood 2 transit_damage 1 1 mail transit 4 freight 85
70 jiangnan hood 3 transit_damage 1 1 mail packing 3 freight 130
66 beihai fan 8 quantity_short 1 1 phone picking 2 freight 140
56 lianhua cooker 2 quality 1 1 phone making 6 rework 110
"""
# What each of them said.
SAID = (
    _lt("6 stoves do not light at once"),
    _lt("5 kettles dented in the carton"),
    _lt("6 fans missing"),
    _lt("Two purifiers hum"),
    _lt("The lids of 4 cookers are cracked"),
    _lt("The light of 3 hoods flickers"),
    _lt("Stoves for the other kind of gas"),
    _lt("4 purifiers drip at the joint"),
    _lt("12 fans with bent guards"),
    _lt("The discount is missing on the invoice"),
    _lt("5 fans missing in the delivery"),
    _lt("A knob comes off"),
    _lt("Cartons soaked by rain"),
    _lt("A week too late for the opening"),
    _lt("The purifiers came a week late"),
    _lt("The handles of 6 cookers are broken"),
    _lt("10 kettles with the wrong plug"),
    _lt("4 stoves burn with a yellow flame"),
    _lt("The driver refused to unload"),
    _lt("The glass of two hoods is broken"),
    _lt("Corners pressed in: no foam in the carton"),
    _lt("8 fans missing in the delivery"),
    _lt("The timer of two cookers stops"),
)


class CustomerDemoStory(models.AbstractModel):
    """A year of complaints that are closed: what the chart of causes, the statistics and the trend count."""

    _inherit = "customer.demo.story"

    @api.model
    def _complain_before(self):
        """Take in the complaints of the year before, settle each with a word and what it cost, and date them back."""
        now = fields.Datetime.now()
        complaints, ends = self.env["customer.complaint"], []
        for row, said in zip(BEFORE.split("\n")[1:-1], SAID, strict=True):
            days, customer, product, pieces, kind, *weight, cause, took, cost, amount = row.split()
            received = now - timedelta(days=int(days), hours=int(days) % 7)
            closed = received + timedelta(days=int(took))
            complaint = self._complaint_received(
                customer, product, int(pieces), kind, said, *weight, received
            )
            if cost != "-":
                values = {"date": closed.date(), "kind": cost, "amount": float(amount)}
                complaint.cost_ids = [Command.create(values)]
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
