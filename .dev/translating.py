"""./dev i18n: the terms of each addon as Odoo itself finds them, and the translations in step with them."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from databases import House, interactive
from machine import ADDONS, ROOT, say

# It needs polib, which only the Python of Odoo has.
MERGING = Path(__file__).with_name("merging.py")
EXPORT = """
from pathlib import Path
from odoo.tools.translate import trans_export
for addon in {addons!r}:
    with Path({folder!r}, addon + ".pot").open("wb") as out:
        trans_export(None, [addon], out, "po", env)
"""


def run(options, _rest):
    """Export all terms, merge them into the translations, and say what is not translated.

    :return: 1 when only a check was asked for, and something is stale or not translated
    """
    house = House(browser=False)
    with TemporaryDirectory(prefix="cm_i18n_") as folder:
        export(house, folder)
        words = [house.python, MERGING, ROOT, folder, *ADDONS]
        return interactive(house, words + ["--check"] * options.check)


def export(house, folder):
    """Write a template of terms for each addon, from a database with all of them and their demo data."""
    template = house.template()
    # A template must not be in use, else nobody can copy it meanwhile.
    name = f"cm_test_i18n_{secrets.token_hex(4)}"
    house.copy(template, name)
    say("exporting the terms of the addons")
    try:
        script = EXPORT.format(addons=ADDONS, folder=str(folder))
        house.odoo(name, "--no-http", "--log-level=warn", command=("shell",), input=script)
    finally:
        house.drop(name)
        house.config(name).unlink()
