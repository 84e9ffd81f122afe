from babel.dates import format_skeleton

from odoo.tools import babel_locale_parse


def month_name(env, day):
    """Return the month of a day in the words of the user's language, as in “November 2026”."""
    return format_skeleton("yMMMM", day, locale=babel_locale_parse(env.lang))
