from odoo.tools import SQL

from .tools.uninstall import forget_selection_names

# What nobody deletes, or what holds on to settings that go first; here all of it goes.
HELD = (
    "customer_approval",
    "customer_approval_delegation",
    "customer_grade_request",
    "customer_grade_history",
    "customer_grade_run",
    "customer_alert",
    "customer_plan",
    "customer_assessment",
    "customer_policy_version",
)


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete.

    Runs and history hold on to schemes and metrics, plans to their kinds, assessments to templates, versions
    to policies. The customers and products of the demo stay in the database, as posted invoices name them:
    only our names for them go.
    """
    for table in HELD:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    # Dropped by the ORM only: the numbering of each year has a sequence of its own in PostgreSQL.
    numbered = [("code", "in", ("customer.plan", "customer.assessment"))]
    env["ir.sequence"].search(numbered).date_range_ids.unlink()
    forget_selection_names(env, "customer_management")
    env["ir.model.data"].search(
        [
            ("module", "=", "customer_management"),
            ("model", "in", ("res.partner", "product.product", "product.template")),
        ]
    ).unlink()
