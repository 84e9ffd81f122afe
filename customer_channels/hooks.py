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
    delete_documents(env, "customer.dealer")
    # Assessments by a template that goes; nobody deletes finished ones.
    env.cr.execute(
        """
        DELETE FROM customer_assessment WHERE template_id IN (
            SELECT res_id FROM ir_model_data
             WHERE module = 'customer_channels' AND model = 'customer.assessment.template')
        """
    )
    # The constraints that compare with it go as well.
    env.cr.execute("DROP TYPE IF EXISTS customer_channels_path_range CASCADE")
    forget_approvals(env, "customer_channels")
    forget_selection_names(env, "customer_channels")
    env["ir.model.data"].search([("module", "=", "customer_channels"), ("model", "in", KEPT)]).unlink()
