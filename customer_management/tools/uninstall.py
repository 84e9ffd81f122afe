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
