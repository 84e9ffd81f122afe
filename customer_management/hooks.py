from odoo.tools import SQL


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete.

    Runs and history hold on to schemes and metrics, plans to
    their kinds. The customers and products of the demo stay in the
    database, as posted invoices name them: only our names for them go.
    """
    # Nobody deletes approvals and what was approved; here all of it goes.
    for table in ("customer_approval", "customer_approval_delegation", "customer_grade_request"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    env.cr.execute("DELETE FROM customer_grade_history")
    env.cr.execute("DELETE FROM customer_grade_run")
    env.cr.execute("DELETE FROM customer_alert")
    env.cr.execute("DELETE FROM customer_plan")
    # What our models inherit from the host's mixins carries names of the host's modules, which stay.
    own = [model for model in env.registry.values() if model._original_module == "customer_management"]
    for model in own:
        prefix = f"selection__{model._name.replace('.', '_')}__%"
        env["ir.model.data"].search(
            [
                ("model", "=", "ir.model.fields.selection"),
                ("module", "!=", "customer_management"),
                ("name", "=like", prefix.replace("_", r"\_")),
            ]
        ).unlink()
    env["ir.model.data"].search(
        [
            ("module", "=", "customer_management"),
            ("model", "in", ("res.partner", "product.product", "product.template")),
        ]
    ).unlink()
