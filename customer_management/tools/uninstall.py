"""What an addon of the suite has to take along when it is removed."""

from odoo.tools import SQL


def forget_selection_names(env, module):
    """Forget the names of selections that a module's models got from mixins of the host.

    They carry the names of the host's modules, which stay, so the host would keep them.

    :param str module: the addon that is being removed
    """
    for model in env.registry.values():
        if model._original_module == module:
            prefix = f"selection__{model._name.replace('.', '_')}__%"
            env["ir.model.data"].search(
                [
                    ("model", "=", "ir.model.fields.selection"),
                    ("module", "!=", module),
                    ("name", "=like", prefix.replace("_", r"\_")),
                ]
            ).unlink()


def forget_approvals(env, module):
    """Forget the approvals of documents of a module's models: they would be taken for those of later ones.

    :param str module: the addon that is being removed
    """
    names = [model._name for model in env.registry.values() if model._original_module == module]
    env.cr.execute(SQL("DELETE FROM customer_approval WHERE res_model = ANY(%s)", names))


def delete_documents(env, *prefixes):
    """Delete all rows of the models whose names begin with one of these, whatever among them holds on to what.

    :param str prefixes: such as ``customer.dealer``
    """
    tables = [model._table for model in env.values() if model._name.startswith(prefixes) and model._auto]
    _drop_checks(env, tables)
    _let_go(env, tables)
    _delete(env, tables)
    # Dropped by the ORM only: the numbering of each year has a sequence of its own in PostgreSQL.
    numbers = (
        env["ir.sequence"].search([("code", "!=", False)]).filtered(lambda one: one.code.startswith(prefixes))
    )
    numbers.date_range_ids.unlink()


def _drop_checks(env, tables):
    """Drop the checks of tables that go: a row that lets go of others may look incomplete for a moment."""
    env.cr.execute(
        SQL(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid = ANY(%s::regclass[])",
            tables,
        )
    )
    for table, name in env.cr.fetchall():
        env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(table), SQL.identifier(name)))


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
