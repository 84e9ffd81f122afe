from odoo.addons.customer_management.tools.uninstall import forget_selection_names


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete."""
    env.cr.execute("DELETE FROM customer_credit_limit")
    env.cr.execute("DELETE FROM customer_credit_account")
    forget_selection_names(env, "customer_credit")
