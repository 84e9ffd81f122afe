"""What an addon of the suite has to take along when it is removed."""


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
