def engine_env(env):
    """Return the environment in which approvals are worked out: the system's rights, the same person.

    Nothing of a caller's context gets in but the language and the chosen companies: no ``default_*``,
    no ``active_test`` and no switch of the mail module may change what is recorded.
    """
    context = {
        "lang": env.lang or env.user.lang,
        "tz": env.user.tz,
        "allowed_company_ids": env.companies.ids,
    }
    return env(su=True, context=context)
