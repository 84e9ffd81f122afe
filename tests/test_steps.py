"""What only steps write stays theirs in every document of the suite, whatever road leads there."""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.customer_management.exceptions import StepError

VALUES = {
    "boolean": True,
    "date": date(2020, 1, 1),
    "datetime": datetime(2020, 1, 1),
    "json": {"a": 1},
    "many2many": [Command.set([1])],
    "one2many": [Command.create({})],
    "many2one": 1,
    "binary": b"eA==",
}
NUMBERS = ("integer", "float", "monetary")
# Made by the server, from something else: a person's copy of one is refused as a whole.
MADE = ("customer.alert", "customer.complaint.penalty", "customer.dealer.contract.clause")


def forged(field):
    """Return a value that somebody might give to a field of the steps; never what it begins with."""
    if field.type == "selection":
        begins = field.default and field.default(None)
        return next(code for code, _label in reversed(field.selection) if code != begins)
    return VALUES.get(field.type, 5 if field.type in NUMBERS else "forged")


@tagged("post_install", "-at_install")
class TestSteps(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        family = cls.env.registry.descendants(["customer.steps.mixin"], "_inherit")
        cls.models = [cls.env[name] for name in family if not cls.env[name]._abstract]

    def test_the_documents_with_steps_say_which_fields_are_theirs(self):
        self.assertGreater(len(self.models), 30)
        for model in self.models:
            with self.subTest(model._name):
                self.assertTrue(model._all_step_fields())
                self.assertLessEqual(
                    model._all_step_fields() | set(model._all_step_open()), set(model._fields)
                )
                self.assertTrue(issubclass(model._step_error, StepError))
                mro = [getattr(base, "_name", None) for base in type(model).__mro__]
                if "customer.approval.mixin" in mro:
                    # Else what follows from an approval, which is written past its lock, would be refused.
                    self.assertLess(mro.index("customer.steps.mixin"), mro.index("customer.approval.mixin"))

    def test_what_stands_in_some_states_names_states_that_there_are(self):
        for model in self.models:
            for name, states in model._all_step_open().items():
                with self.subTest(f"{model._name}.{name}"):
                    known = dict(model._fields[model._step_state]._description_selection(self.env))
                    self.assertLessEqual(set(states), set(known))
                    self.assertNotIn(name, model._all_step_fields())

    def test_a_copy_begins_at_the_beginning(self):
        for model in self.models:
            for name in model._all_step_fields() if model._name not in MADE else ():
                with self.subTest(f"{model._name}.{name}"):
                    self.assertFalse(model._fields[name].copy)

    def test_neither_context_nor_defaults_give_a_document_another_beginning(self):
        for model in self.models:
            held = model._all_step_fields()
            plain = model.sudo().default_get(list(held))
            forgery = {f"default_{name}": forged(model._fields[name]) for name in held}
            with self.subTest(model._name):
                self.assertEqual(model.sudo().with_context(**forgery).default_get(list(held)), plain)

    def test_nobody_writes_or_creates_what_the_steps_write(self):
        admin = self.env.ref("base.user_admin")
        for model in self.models:
            mine = model.with_user(admin)
            for name in model._all_step_fields():
                values = {name: forged(model._fields[name])}
                with self.subTest(f"{model._name}.{name}"):
                    with self.assertRaises(model._step_error):
                        mine.write(values)
                    with self.assertRaises(UserError) as caught, self.cr.savepoint():
                        mine.create(values)
                    self.assertNotIsInstance(caught.exception, AccessError)
