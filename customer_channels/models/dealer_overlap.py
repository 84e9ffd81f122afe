import logging

from odoo import api, models
from odoo.tools import SQL, ormcache

_logger = logging.getLogger(__name__)


class CustomerDealerOverlapMixin(models.AbstractModel):
    """For models of which the database refuses two rows that overlap.

    Odoo leaves such a constraint out when an update finds rows that break it. Until they are put in order, the
    model refuses new overlaps itself, and each start of the server says which rows stand in the way.
    """

    _name = "customer.dealer.overlap.mixin"
    _description = "Refuses Overlaps"

    # The names of the constraints in the database.
    _overlap_constraints = ()

    @api.model
    @ormcache()
    def _overlaps_left_out(self):
        """Return which constraints the database does not have, as it was when the server started."""
        return self._find_left_out()

    @api.model
    def _find_left_out(self):
        rows = self.env.execute_query(
            SQL("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", self._table)
        )
        return tuple(name for name in self._overlap_constraints if (name,) not in rows)

    @api.model
    def _overlaps(self, records=None):
        """Hook: return pairs of records that overlap: ``[(record, other)]``, of all when none are given."""
        return []

    def _overlap_line(self, other):
        """Hook: return in words for the log what overlaps what."""
        return f"{self.display_name} (id {self.id}) and {other.display_name} (id {other.id})"

    def _register_hook(self):
        """Override of `base`: say what keeps the database from refusing overlaps."""
        super()._register_hook()
        if self._abstract:
            return
        left_out = self._find_left_out()
        if left_out != self._overlaps_left_out():
            self.env.registry.clear_cache()
        if not left_out:
            return
        pairs = self.sudo()._overlaps()
        _logger.warning(
            "%s: %s pairs overlap, so the database cannot refuse overlaps yet. Change the days of one of each pair, "
            "or delete it, then update customer_channels:\n%s",
            self._description,
            len(pairs),
            "\n".join(one._overlap_line(other) for one, other in pairs[:100]),
        )
