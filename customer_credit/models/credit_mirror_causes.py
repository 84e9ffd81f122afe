from odoo import models

# Settings of a company on which the limits in force depend.
SETTINGS = {
    "customer_credit_expiry_percent",
    "customer_credit_expiry_days",
    "customer_credit_cover",
    "customer_credit_insurance",
}


class CustomerCreditLimit(models.Model):
    """Limits that go."""

    _inherit = "customer.credit.limit"

    def unlink(self):
        """Override of `base`: the host's limit goes with them."""
        accounts = self.account_id
        done = super().unlink()
        accounts._mirror_limits()
        return done


class CustomerCreditSecurity(models.Model):
    """Cover that begins and ends."""

    _inherit = "customer.credit.security"

    def _approval_granted(self):
        """Override: what it adds to the limit, the host knows."""
        done = super()._approval_granted()
        self.account_id._mirror_limits()
        return done

    def _release(self, reason):
        """Override: what it added to the limit is taken off the host's as well."""
        done = super()._release(reason)
        self.account_id._mirror_limits()
        return done


class ResCompany(models.Model):
    """Settings that change all limits at once."""

    _inherit = "res.company"

    def write(self, vals):
        """Override of `base`: the job mirrors the limits at once, and not in the night."""
        done = super().write(vals)
        if not SETTINGS.isdisjoint(vals):
            cron = self.env.ref("customer_credit.credit_mirror_cron", raise_if_not_found=False)
            if cron:
                cron.sudo()._trigger()
        return done
