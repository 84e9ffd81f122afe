from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerCreditLimitMethod(models.Model):
    """A way to work out a credit limit: a record, and a method ``_method_<code>(inputs)`` in code.

    ``inputs`` holds the known figures by the codes of ``customer.credit.limit.input``: money in the currency
    of the company, percentages as 20 for 20 %, lists as lists. The method returns an amount, which is zero
    where the practice gives no credit, or None where its figures do not decide. It is called only when all
    its inputs are known; one that can do with less says in ``_missing_<code>(inputs)`` which codes it still
    needs. An addon adds a method by inheriting this model with both and by a record. (domain 4.3)
    """

    _name = "customer.credit.limit.method"
    _description = "Limit Method"
    _order = "number, id"

    number = fields.Integer(required=True, help="The place of the method in the handbook.")
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    active = fields.Boolean(default=True, help="Off: new reviews leave it out.")
    kind = fields.Selection(
        [("need", "Need"), ("capacity", "Capacity"), ("secured", "Secured"), ("manual", "Judged")],
        required=True,
        default="need",
        help="Need: what the customer buys under its terms. Capacity: what it can bear by its accounts.",
    )
    weight = fields.Float(
        default=1.0, help="How much it counts when methods are combined; 0: shown, but not counted."
    )
    percent = fields.Float(string="Percentage", help="The part that the method takes, where it takes one.")
    formula = fields.Char(translate=True, help="In words, as the print says it.")
    input_ids = fields.Many2many("customer.credit.limit.input", string="Inputs")

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a limit method with this code.")
    _weight_positive = models.Constraint(
        "CHECK(weight >= 0 AND percent >= 0)", "Weight and percentage of a limit method cannot be negative."
    )

    @api.constrains("code")
    def _check_code(self):
        for method in self:
            if not hasattr(type(self), f"_method_{method.code}"):
                raise ValidationError(
                    self.env._(
                        "No installed addon works out limits by “%(code)s”. Install the addon that brings it, "
                        "or use the code of an existing method.",
                        code=method.code,
                    )
                )

    def _missing(self, inputs):
        """Return the codes of the inputs without which the method has no result, in their order."""
        self.ensure_one()
        own = getattr(type(self), f"_missing_{self.code}", None)
        if own:
            return own(self, inputs)
        return [needed.code for needed in self.input_ids if needed.code not in inputs]

    def _work_out(self, inputs):
        """Return the limit by this method, or None when an input is missing: missing is not zero.

        :param dict inputs: the known figures by code
        :return: an amount of 0 or more, or None
        """
        self.ensure_one()
        method = getattr(type(self), f"_method_{self.code}", None)
        if method is None or self._missing(inputs):
            return None
        result = method(self, inputs)
        return None if result is None else max(result, 0.0)

    # What is judged, and what secures

    def _method_collateral(self, inputs):
        """Method 14: as much as what is mortgaged or pledged is sure to bring."""
        return inputs["security_value"]

    def _method_judgement(self, inputs):
        """Method 15: what people judge from profit, safety, liquidity, selling power, purchasing and staff."""
        return inputs["judged_amount"]
