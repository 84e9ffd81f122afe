from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.customer_management.tools.uninstall import forget_approvals, forget_selection_names

# What nobody deletes, or what holds on to something that goes first; each before what it points to.
TABLES = (
    "customer_credit_hold",
    "customer_credit_decision",
    "customer_credit_rating_change",
    "customer_credit_limit_request",
    "customer_credit_review_round",
    "customer_credit_review",
    "customer_credit_veto",
    "customer_credit_investigation",
    "customer_credit_standing",
    "customer_credit_security",
    "customer_dispute",
    "customer_credit_limit",
    "customer_credit_account",
)


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete."""
    for table in TABLES:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_credit' AND model = 'customer.assessment.template')
        """
    )
    # Without use of limits, only people see that a customer presses for more.
    rule = env.ref("customer_management.alert_rule_limit_pressure", raise_if_not_found=False)
    if rule:
        rule.write({"condition_ids": [Command.clear()], "is_manual": True})
    forget_approvals(env, "customer_credit")
    forget_selection_names(env, "customer_credit")
