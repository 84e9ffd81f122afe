from odoo.tools import SQL

from odoo.addons.customer_management.tools.uninstall import forget_approvals, forget_selection_names

# What nobody deletes, or what holds on to something that goes first; each before what it points to.
TABLES = (
    "customer_dealer_termination",
    "customer_dealer_condition",
    "customer_dealer_contract",
    "customer_dealer",
)


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete, and take the type along."""
    env.cr.execute("UPDATE customer_dealer SET contract_id = NULL, parent_id = NULL")
    env.cr.execute("UPDATE customer_dealer_contract SET amends_id = NULL, renews_id = NULL")
    for table in TABLES:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    # The constraints that compare with it go as well.
    env.cr.execute("DROP TYPE IF EXISTS customer_channels_path_range CASCADE")
    forget_approvals(env, "customer_channels")
    forget_selection_names(env, "customer_channels")
