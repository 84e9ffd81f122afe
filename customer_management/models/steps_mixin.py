from odoo import api, models
from odoo.exceptions import AccessError

from ..exceptions import StepError


class CustomerStepsMixin(models.AbstractModel):
    """For documents whose state is written by their steps, and by nobody else.

    Not by a form, an import, a copy, a default, the context or a call from outside. A step checks who may do it and
    whether the document is ready for it, and then writes as the system (``sudo()``). With approvals it is inherited
    before ``customer.approval.mixin``, so that ``_approval_write`` is past the guards of both.
    """

    _name = "customer.steps.mixin"
    _description = "Document with Steps"

    # What the steps write, and nobody by hand. Each file of a model names its own: they add up.
    _step_fields = ()
    # What people write in some states only, each field with these: ``{field: states}``. They add up as well.
    _step_open = {}
    # The field that says how far the document is.
    _step_state = "state"
    _step_error = StepError

    @api.model
    def _all_step_fields(self):
        """Return the names of what the steps write, of all files and addons that extend the model."""
        return frozenset().union(*(vars(base).get("_step_fields", ()) for base in type(self).__mro__))

    @api.model
    def _all_step_open(self):
        """Return in which states people write a field, of all files and addons that extend the model."""
        found = {}
        for base in reversed(type(self).__mro__):
            found |= vars(base).get("_step_open", {})
        return found

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
        held = self._all_step_fields()
        for vals in vals_list:
            named = held.intersection(vals)
            self._refuse_steps(
                name for name in named if (vals[name] or False) != (self._step_default(name) or False)
            )
        return super().create([{**vals, **self._step_begin(vals)} for vals in vals_list])

    def _step_begin(self, vals):
        """Hook: return what the steps give to a new document from its birth, such as its number.

        :param dict vals: what it is made with; checked by now
        """
        return {}

    def write(self, vals):
        """Override of `base`: only steps change the state, and what is settled stands.

        :raises StepError: when somebody writes what the steps write, or what is not open any more
        """
        self._refuse_steps(vals)
        self._refuse_closed(vals)
        return super().write(vals)

    def _step_default(self, name):
        """Return how a field of the steps is before the first one."""
        default = self._fields[name].default
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

    def _refuse_closed(self, names):
        """:raises StepError: when one of these is not open in the state of a document, and a person writes it"""
        open_in = {name: states for name, states in self._all_step_open().items() if name in names}
        if not open_in or self.env.su:
            return
        self.check_access("write")
        for document in self:
            state = document[self._step_state]
            closed = sorted(name for name, states in open_in.items() if state not in states)
            if closed:
                labels = dict(self._fields[self._step_state]._description_selection(self.env))
                raise self._step_error(
                    self.env._(
                        "“%(document)s” is at “%(state)s”: %(fields)s cannot be changed any more.",
                        document=document.display_name,
                        state=labels[state],
                        fields=", ".join(self._fields[name]._description_string(self.env) for name in closed),
                    )
                )

    def _ensure_step(self, *states):
        """Check that every document may be changed by the user and is in one of these states.

        :raises StepError: when one is in another
        """
        self.check_access("write")
        self._ensure_state(*states)

    def _ensure_state(self, *states):
        """:raises StepError: when a document is in none of these states"""
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
