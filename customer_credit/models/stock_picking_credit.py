from odoo import models

from ..exceptions import CreditWriteError

# What says for whom a transfer is.
NAMES = {"sale_id", "partner_id"}


class StockPicking(models.Model):
    """What a transfer ships beyond its order counts as well, and it always says for whom it is."""

    _inherit = "stock.picking"

    def write(self, vals):
        """Override of `stock`: goods for a customer do not lose their customer on the way.

        :raises CreditWriteError: when neither order nor customer is left
        """
        known = self.browse() if NAMES.isdisjoint(vals) else self._credit_to_customers()
        result = super().write(vals)
        lost = known - known._credit_to_customers()
        if any(picking.location_dest_id.usage == "customer" for picking in lost):
            raise CreditWriteError(
                self.env._("%s goes to a customer: say to whom, or keep its order.", lost[0].display_name)
            )
        return result

    def _credit_amounts(self, case, taken):
        """Override: with what it ships beyond the order, or without any order."""
        whole, counted = super()._credit_amounts(case, taken)
        return case.company.currency_id.round(whole + self._credit_beyond(case)), counted

    def _credit_beyond(self, case):
        """Return what goods are worth that no order line stands for, in company currency.

        At the price of the order; at the sales price where there is none. Goods that come back from a repair, and
        those that belong to somebody else, are not sold.
        """
        total = 0.0
        moves = self.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and not move.origin_returned_move_id
        )
        if any(moves.mapped("picked")):
            moves = moves.filtered("picked")
        for line, part in moves.grouped("sale_line_id").items():
            part = part.filtered(lambda move: not move.move_line_ids.owner_id)
            if line:
                total += part._credit_beyond_line(line)
            else:
                total += sum(move._credit_worth(case) for move in part)
        return total
