import re
from math import isfinite

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..exceptions import CreditInputError

SEPARATOR = re.compile(r"[;\s]+")


class CustomerCreditLimitInput(models.Model):
    """A figure that methods for limits work with: where it comes from, and in which unit it is.

    An addon that brings a method with figures of its own adds records of this model.
    """

    _name = "customer.credit.limit.input"
    _description = "Input of Limit Methods"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="The name under which methods know it.")
    sequence = fields.Integer(default=10)
    unit = fields.Selection(
        [
            ("money", "Money"),
            ("percent", "Percent"),
            ("number", "Number"),
            ("days", "Days"),
            ("list", "List of Amounts"),
        ],
        required=True,
        default="money",
    )
    is_derived = fields.Boolean(
        string="Worked Out", help="Follows from the review itself, such as its terms; nobody enters it."
    )

    _code_unique = models.Constraint("UNIQUE(code)", "There is already an input with this code.")

    def _read_list(self, text):
        """Return the numbers of a list such as “120; 100; 90”, in their order.

        :raises CreditInputError: naming what is no number
        """
        numbers = []
        for word in filter(None, SEPARATOR.split(text or "")):
            try:
                number = float(word.replace(",", ""))
            except ValueError:
                number = float("nan")
            if not isfinite(number):
                raise CreditInputError(
                    self.env._(
                        "“%(input)s”: “%(word)s” is no number. Write the amounts with semicolons between "
                        "them, such as 120; 100.5; 90.",
                        input=self.name,
                        word=word,
                    )
                )
            numbers.append(number)
        return numbers

    @api.model
    def _in_words(self, value, unit, currency):
        """Return a value as people read it: money with its sign, percent with theirs, lists with semicolons."""
        if unit == "list":
            return "; ".join(formatLang(self.env, number, digits=2) for number in value)
        if unit == "money":
            return formatLang(self.env, value, currency_obj=currency)
        number = formatLang(self.env, value, digits=0 if value == round(value) else 2)
        return {"percent": f"{number} %", "days": self.env._("%s days", number)}.get(unit, number)
