from odoo.tools import SQL
from odoo.fields import Command

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
    for table in ("customer_credit_hold", "customer_credit_decision"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    env.cr.execute("DELETE FROM customer_approval WHERE res_model = 'customer.credit.hold'")
    env.cr.execute("DELETE FROM customer_credit_investigation")
    env.cr.execute("DELETE FROM customer_credit_standing")
    env.cr.execute("DELETE FROM customer_credit_security")
    env.cr.execute("DELETE FROM customer_dispute")
    # Without use of limits, only people see that a customer presses for more.
    rule = env.ref("customer_management.alert_rule_limit_pressure", raise_if_not_found=False)
    if rule:
        rule.write({"condition_ids": [Command.clear()], "is_manual": True})
    env.cr.execute("DELETE FROM customer_credit_limit")
    env.cr.execute("DELETE FROM customer_credit_account")
    forget_selection_names(env, "customer_credit")
