from odoo import api, models

from ..exceptions import CreditWriteError


class CustomerCreditFigures(models.AbstractModel):
    """Documents with computed figures that the exposure is read from: a call or an import does not write them."""

    _name = "customer.credit.figures"
    _description = "Figures that Credit Relies on"

    # What is computed and, for the host, could be written all the same.
    _credit_figures = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: figures are computed from the first day on.

        :raises CreditWriteError: when somebody brings along figures of its own
        """
        self._credit_refuse_figures(name for vals in vals_list for name in vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: figures follow from prices and quantities.

        :raises CreditWriteError: when somebody writes a figure
        """
        self._credit_refuse_figures(vals)
        return super().write(vals)

    def _credit_refuse_figures(self, names):
        """:raises CreditWriteError: when one of these is a figure, and it is not the system that writes"""
        figures = self._credit_figures.intersection(names)
        if figures and not self.env.su:
            raise CreditWriteError(
                self.env._(
                    "%(fields)s: computed from prices, quantities, deliveries and invoices, so change those.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) for name in sorted(figures)
                    ),
                )
            )
