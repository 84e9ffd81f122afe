from odoo.tools import SQL

from odoo.addons.customer_management.tools.uninstall import forget_approvals, forget_selection_names

# Host records that the demo made and that orders, entries and messages name: they stay, our names for them go.
KEPT = (
    "res.partner",
    "product.product",
    "product.template",
    "product.category",
    "product.pricelist",
    "account.account",
    "account.journal",
    "crm.lead",
)


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete, and take the type along.

    Dealers, contracts, cases, statements and the like hold on to each other in all directions: first they let go,
    then all of them go.
    """
    tables = [
        model._table for model in env.values() if model._name.startswith("customer.dealer") and model._auto
    ]
    _let_go(env, tables)
    _delete(env, tables)
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_channels' AND model = 'customer.assessment.template')
        """
    )
    # Dropped by the ORM only: the numbering of each year has a sequence of its own in PostgreSQL.
    env["ir.sequence"].search([("code", "=like", "customer.dealer%")]).date_range_ids.unlink()
    # The constraints that compare with it go as well.
    env.cr.execute("DROP TYPE IF EXISTS customer_channels_path_range CASCADE")
    forget_approvals(env, "customer_channels")
    forget_selection_names(env, "customer_channels")
    env["ir.model.data"].search([("module", "=", "customer_channels"), ("model", "in", KEPT)]).unlink()


def _let_go(env, tables):
    """Empty every column that would keep a row of these tables from being deleted, as far as it may be empty."""
    env.cr.execute(
        SQL(
            """
            SELECT c.conrelid::regclass::text, a.attname
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.confdeltype IN ('a', 'r') AND NOT a.attnotnull
               AND c.confrelid = ANY(%s::regclass[])
            """,
            tables,
        )
    )
    for table, column in env.cr.fetchall():
        name = SQL.identifier(column)
        env.cr.execute(SQL("UPDATE %s SET %s = NULL WHERE %s IS NOT NULL", SQL.identifier(table), name, name))


def _delete(env, tables):
    """Empty tables in an order in which nothing is held by another."""
    env.cr.execute(
        SQL(
            """
            SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
             WHERE contype = 'f' AND confdeltype IN ('a', 'r') AND conrelid <> confrelid
               AND conrelid = ANY(%s::regclass[]) AND confrelid = ANY(%s::regclass[])
            """,
            tables,
            tables,
        )
    )
    holders = {table: set() for table in tables}
    for table, held in env.cr.fetchall():
        holders[held].add(table)
    while holders:
        free = [table for table, others in holders.items() if not others & set(holders)] or list(holders)
        for table in free:
            env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
            del holders[table]
