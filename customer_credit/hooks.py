from odoo.tools import SQL

from odoo.addons.customer_management.tools.uninstall import forget_selection_names


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete."""
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_credit' AND model = 'customer.assessment.template')
        """
    )
    for table in ("rating_change", "limit_request", "review_round", "review", "veto", "limit"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(f"customer_credit_{table}")))
    env.cr.execute("DELETE FROM customer_credit_account")
    forget_selection_names(env, "customer_credit")
