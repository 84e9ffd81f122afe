"""What Odoo's own addon test_lint says of our addons, in the database that the tests run in.

``./dev lint`` runs its checkers for pylint. These need the registry, or read what the manifests name.
They are run as they are: nothing of them is installed, and only what concerns our addons counts.
"""

import logging
import re
import unittest
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_routes,
    test_test_holes,
)

OURS = sorted(path.parent.name for path in Path(__file__).parents[1].glob("*/__manifest__.py"))
INVERSE = re.compile(r"^(\S+)\.(\w+) \(inverse of (\S+)\.(\w+)\)$", re.MULTILINE)
COVERED = """
    SELECT 1
      FROM pg_index
      JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
     WHERE indrelid = %s::regclass AND attname = %s AND indpred IS NULL
"""
CHECKS = (
    test_docstring.TestDocstring,
    test_dunderinit.TestDunderinit,
    test_i18n.TestI18n,
    test_index.TestIndex,
    test_jstranslate.TestJsTranslations,
    test_manifests.ManifestLinter,
    test_naming.TestNaming,
    test_onchange_domains.TestOnchangeDomains,
    test_orm_import.TestDunderinit,
    test_override_signatures.TestLintOverrideSignatures,
    test_pofile.PotLinter,
    test_routes.RoutesLinter,
    test_test_holes.TestTestHoles,
)


@contextmanager
def logged():
    """Collect what the checks log: some of them warn and go on."""
    lines = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())
    logger = logging.getLogger("odoo.addons.test_lint")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def findings(check):
    """Run a check and return what it says of our addons."""
    result = unittest.TestResult()
    manifests = [Manifest.for_addon(name) for name in OURS]
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(check)
    with (
        patch.object(Manifest, "all_addon_manifests", return_value=manifests),
        patch.object(test_pofile, "get_modules", return_value=OURS),
        logged() as lines,
    ):
        suite.run(result)
    assert result.testsRun and not result.skipped, f"{check.__name__} did not run: {result.skipped}"
    found = [(getattr(test, "params", {}), text) for test, text in result.failures + result.errors]
    found += [({}, line) for line in lines]
    registry = Registry(get_db_name())
    return [f"{dict(params) or ''} {text}" for params, text in found if concerns_us(registry, params, text)]


def concerns_us(registry, params, text):
    """Tell whether a finding is about code of ours: by its module, its method, its fields or its words."""
    if "module" in params:
        return params["module"] in OURS
    if "method" in params:
        return any(defines(cls, params["method"]) for cls in registry[params["model"]].mro())
    inverses = INVERSE.findall(text)
    if inverses:
        return any(lacks_index(registry, *inverse) for inverse in inverses)
    return any(name in text for name in OURS)


def lacks_index(registry, model, name, parent, lines):
    """Tell whether a field that a One2many of ours looks up is the first column of no index.

    The host keeps a list of its own fields that a wider index covers; for ours the database knows.
    """
    fields = registry[model]._fields[name], registry[parent]._fields[lines]
    if not any(set(OURS) & set(field._modules) for field in fields):
        return False
    with registry.cursor() as cr:
        cr.execute(COVERED, [registry[model]._table, name])
        return not cr.fetchone()


def defines(cls, method):
    """Tell whether a class of ours holds the method."""
    place = cls.__module__.split(".")
    return place[:2] == ["odoo", "addons"] and place[2] in OURS and method in vars(cls)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__module__.split(".")[-1])
def test_host_linter(check):
    """A linter of the host finds nothing in our addons."""
    found = findings(check)
    if found:
        pytest.fail("\n\n".join(found), pytrace=False)
