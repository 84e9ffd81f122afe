from odoo.tools import SQL

from odoo.addons.customer_management.tools.uninstall import forget_selection_names

# What reviews and requests left behind, each before what it points to.
TABLES = ("rating_change", "limit_request", "review_round", "review", "veto", "limit", "account")


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete."""
    for table in TABLES:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(f"customer_credit_{table}")))
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_credit' AND model = 'customer.assessment.template')
        """
    )
    forget_selection_names(env, "customer_credit")
