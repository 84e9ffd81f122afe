def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete.

    Runs and history hold on to schemes and metrics, plans to their kinds. The customers and products of
    the demo stay in the database, as posted invoices name them: only our names for them go.
    """
    env.cr.execute("DELETE FROM customer_grade_history")
    env.cr.execute("DELETE FROM customer_grade_run")
    env.cr.execute("DELETE FROM customer_alert")
    env.cr.execute("DELETE FROM customer_plan")
    # Dropped by the ORM only: the numbering of each year has a sequence of its own in PostgreSQL.
    env["ir.sequence"].search([("code", "=", "customer.plan")]).date_range_ids.unlink()
    # The host notes the selections that a model inherits from `mail` under its own name, and would leave them.
    names = [("module", "=", "mail"), ("name", "=like", r"selection\_\_customer\_%")]
    env["ir.model.data"].search(names).unlink()
    env["ir.model.data"].search(
        [
            ("module", "=", "customer_management"),
            ("model", "in", ("res.partner", "product.product", "product.template")),
        ]
    ).unlink()
