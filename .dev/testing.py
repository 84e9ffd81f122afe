"""./dev test: the whole suite through pytest, in databases of its own."""

import os
import secrets

from databases import House, interactive
from machine import ADDONS, ROOT, TEST_ADDONS, say

# One worker a core: each has a copy of the database and a web server of its own.
WORKERS = 2


def run(_options, rest):
    """Run pytest with the given arguments and return its exit code."""
    house = House(tests=True)
    template = house.template(ADDONS + TEST_ADDONS)
    name = f"cm_test_{secrets.token_hex(4)}"
    house.copy(template, name)
    try:
        return pytest(house, template, name, rest)
    finally:
        for database in sorted(house.server.databases()):
            if database.startswith(name):
                house.drop(database)
        for config in (house.data.parent / "config").glob(f"*{name}*.conf"):
            config.unlink()


def pytest(house, template, database, rest):
    config = house.config(database, name="test")
    words = [house.python, "-m", "pytest", "-c", ROOT / "setup.cfg", "--rootdir", ROOT]
    words += ["--odoo-config", config, "--odoo-database", database, "--odoo-http", "-p", "worker_files"]
    targets = [word for word in rest if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    flags = {word.split("=")[0] for word in rest}
    if not targets:
        words += [ROOT / "tests", *(ROOT / addon for addon in ADDONS)]
    if not flags & {"-n", "--pdb", "-p", "--co", "--collect-only"} and (not targets or len(targets) > 1):
        words += ["-n", str(min(WORKERS, os.cpu_count() or 1)), "--dist", "loadfile"]
    say(f"testing in {database}")
    path = os.pathsep.join(path for path in (str(ROOT / ".dev"), house.env["PYTHONPATH"]) if path)
    env = {"LANG": "C.UTF-8", "CM_TEMPLATE": template, "CM_DEV": str(ROOT / "dev"), "PYTHONPATH": path}
    return interactive(house, [*words, *rest], extra=env, cwd=ROOT)
