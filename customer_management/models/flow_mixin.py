from odoo import api, models
from odoo.exceptions import AccessError

from ..tools import draw_flow

# The height of a box with a name and a number, and of one that says more below.
PLAIN, TALL = 56, 96


class CustomerFlowMixin(models.AbstractModel):
    """For models whose work is drawn as a flow: boxes with a number each, and behind each box its list.

    A model says what the boxes are and what stands in them; the screen (client action ``customer_flow`` with
    ``params = {"model": ...}``) and the print (``customer_management.flow_document``) are the same for all.
    """

    _name = "customer.flow.mixin"
    _description = "Drawn Flow"

    @api.model
    def _flow_shape(self):
        """Return where each step is drawn ({code: (column, row)}), and the arrows as pairs of codes."""
        return {}, []

    @api.model
    def _flow_names(self):
        """Return the name and the kind of each step, by its code: entry, running, decision or leaving."""
        return {}

    @api.model
    def _flow_lists(self):
        """Hook: return what stands at each step, by its code: (external id of its action, model, domain).

        Each part adds the steps of its own models; they are counted and opened by it.
        """
        return {}

    @api.model
    def _flow_counts(self):
        """Hook: return how many stand at each step, by its code, with the rights of the user.

        One count for each list of ``_flow_lists``; a part that counts otherwise overrides. A step without an
        entry is drawn without a number.
        """
        counts = {}
        for code, (_action, model, domain) in self._flow_lists().items():
            if self.env[model].has_access("read"):
                counts[code] = self.env[model].search_count(domain)
        return counts

    @api.model
    def _flow_notes(self):
        """Hook: return what else is said of steps, by code: (a line such as the time there, a line of alarm)."""
        return {}

    @api.model
    @api.readonly
    def get_flow(self):
        """Return the drawing: its size, arrows, and steps with name, kind, place, number and whether they open.

        :raises AccessError: for those who may not see the model
        """
        self.check_access("read")
        notes = self._flow_notes()
        drawing = draw_flow(*self._flow_shape(), height=TALL if notes else PLAIN)
        lists, counts, boxes = self._flow_lists(), self._flow_counts(), drawing.pop("boxes")
        steps = []
        for code, (name, kind) in self._flow_names().items():
            note, alarm = notes.get(code, (False, False))
            said = {"name": name, "kind": kind, "count": counts.get(code), "note": note, "alarm": alarm}
            steps.append({"code": code, "opens": code in lists, **said, **boxes[code]})
        return {**drawing, "steps": steps}

    @api.model
    def action_open_flow(self, code):
        """Return the action that lists what stands at a step.

        :raises AccessError: when nothing opens there
        """
        self.check_access("read")
        lists = self._flow_lists()
        if not isinstance(code, str) or code not in lists:
            raise AccessError(self.env._("There is no list behind this step."))
        action, _model, domain = lists[code]
        name = self._flow_names()[code][0]
        values = self.env["ir.actions.actions"]._for_xml_id(action)
        return {**values, "name": name, "display_name": name, "domain": domain, "context": {}}
