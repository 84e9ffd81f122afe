from odoo import api, models


class AccountMove(models.Model):
    """What of ours follows the state of entries of the host: it is told when one changes."""

    _inherit = "account.move"

    @api.model
    def _state_followers(self):
        """Hook: return what follows the state of entries, as ``[(model, field, test)]``.

        ``field`` names the entry, and the computed fields of the model depend on it. ``test`` says of an entry
        whether it can be one of these at all. A dependency on ``field.state`` would ask the table about every
        invoice and payment of the company, and once more for each field of it that changes.
        """
        return []

    def _followers(self):
        """Return the records that follow these entries, as ``[(records, field)]``, as the system."""
        found = []
        for model, field, test in self._state_followers():
            if moves := self.filtered(test):
                found.append((self.env[model].sudo().search([(field, "in", moves.ids)]), field))
        return found

    def write(self, vals):
        """Override of `account`: a state is written by whatever posts, resets or cancels."""
        done = super().write(vals)
        if "state" in vals:
            for records, field in self._followers():
                records.modified([field])
        return done

    def unlink(self):
        """Override of `account`: who followed an entry is told that it is gone."""
        found = self._followers()
        done = super().unlink()
        for records, field in found:
            records.invalidate_recordset([field])
            records.modified([field])
        return done
