from odoo import api, models
from odoo.exceptions import AccessError

from ..exceptions import StepError


class CustomerStepsMixin(models.AbstractModel):
    """For documents whose state is written by their steps, and by nobody else.

    Not by a form, an import, a copy, a default, the context or a call from outside. A step checks who may do it and
    whether the document is ready for it, and then writes as the system (``sudo()``).
    """

    _name = "customer.steps.mixin"
    _description = "Document with Steps"

    # What the steps write, and nobody by hand. Each file of a model names its own: they add up.
    _step_fields = ()
    # The field that says how far the document is.
    _step_state = "state"
    _step_error = StepError

    @api.model
    def _all_step_fields(self):
        """Return the names of what the steps write, of all files and addons that extend the model."""
        return frozenset().union(*(vars(base).get("_step_fields", ()) for base in type(self).__mro__))

    @api.model
    def default_get(self, fields):
        """Override of `base`: what the steps write begins as the model says, whatever context and defaults say."""
        held = self._all_step_fields()
        values = super().default_get([name for name in fields if name not in held])
        for name in held.intersection(fields):
            default = self._fields[name].default
            if default:
                values[name] = default(self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a document begins at its beginning.

        :raises StepError: when somebody gives it a state of its own
        """
        for vals in vals_list:
            self._refuse_steps(name for name in vals if vals[name] and vals[name] != self._step_default(name))
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: only steps change the state.

        :raises StepError: when somebody writes what the steps write
        """
        self._refuse_steps(vals)
        return super().write(vals)

    def _step_default(self, name):
        """Return how a field of the steps is before the first one."""
        default = self._fields[name].default if name in self._all_step_fields() else None
        return default(self) if default else False

    def _refuse_steps(self, names):
        """:raises StepError: when one of these is what the steps write, and it is not the system that writes"""
        held = self._all_step_fields().intersection(names)
        if held and not self.env.su:
            raise self._step_error(
                self.env._(
                    "%(fields)s of “%(model)s” changes by its steps, not by editing, importing or copying it.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) for name in sorted(held)
                    ),
                    model=self.env["ir.model"]._get(self._name).sudo().name,
                )
            )

    def _ensure_step(self, *states):
        """Check that every document may be changed by the user and is in one of these states.

        :raises StepError: when one is in another
        """
        self.check_access("write")
        for document in self:
            if document[self._step_state] not in states:
                labels = dict(self._fields[self._step_state]._description_selection(self.env))
                raise self._step_error(
                    self.env._(
                        "“%(document)s” is at “%(state)s”; this step is for: %(states)s.",
                        document=document.display_name,
                        state=labels[document[self._step_state]],
                        states=", ".join(labels[state] for state in states),
                    )
                )

    def _ensure_group(self, group, message):
        """:raises AccessError: with this message, unless the user is in the group, or it is the system"""
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(message)

    def _given(self, reason, message):
        """Return a reason as it was given.

        :raises StepError: with this message, when there is none
        """
        reason = (reason or "").strip()
        if not reason:
            raise self._step_error(message)
        return reason
