from odoo.addons.customer_management.tools.uninstall import (
    delete_documents,
    forget_approvals,
    forget_selection_names,
)

# Host records that the demo made and that orders, entries and messages name: they stay, our names for them go.
KEPT = (
    "res.partner",
    "product.product",
    "product.template",
    "survey.survey",
    "survey.question",
    "survey.question.answer",
    "account.move",
)


def uninstall_hook(env):
    """Make way for the removal, so that the host meets nothing that it cannot delete.

    Complaints, remedies, requests and care hold on to each other: first they let go, then all of them go.
    """
    # Activities hold on to their type, which goes.
    clock = env.ref("customer_service.mail_activity_type_clock", raise_if_not_found=False)
    if clock:
        activities = env["mail.activity"].with_context(active_test=False)
        activities.search([("activity_type_id", "=", clock.id)]).unlink()
    delete_documents(env, "customer.complaint", "customer.service", "customer.care", "customer.satisfaction")
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_service' AND model = 'customer.assessment.template')
        """
    )
    forget_approvals(env, "customer_service")
    forget_selection_names(env, "customer_service")
    env["ir.model.data"].search([("module", "=", "customer_service"), ("model", "in", KEPT)]).unlink()
