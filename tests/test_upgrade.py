"""Whoever updates from an earlier state of the suite keeps what was entered, computed and decided."""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".dev"))

from databases import House, errors  # noqa: E402  (the path to it is set just above)
from machine import ADDONS  # noqa: E402

# States that were on main when a session ended, the oldest first.
LANDED = ("0b05b7d", "470cd4b", "6f44169")
# What a user leaves behind besides the demo data, as far as the old state had it.
PREPARE = r"""
report = env["customer.aging.report"].create({})
report.action_compute()
env.cr.commit()
print("FIGURES", report.line_count, report.total)
"""
READ = r"""
report = env["customer.aging.report"].search([], order="id desc", limit=1)
print("FIGURES", report.line_count, report.total)
"""
# Who wrote last and when is no figure; the host rewrites translations of what our files hold.
SKIPPED = {"write_date", "write_uid"}


def plain(value):
    """Return a value as its user reads it: a text that became translatable is the same text."""
    return value["en_US"] if isinstance(value, dict) and set(value) == {"en_US"} else value


def unpacked(commit, folder):
    """Unpack the addons as they were in a commit; return False where the clone does not reach back to it."""
    done = subprocess.run(["git", "archive", commit, *ADDONS], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        return False
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return True


class TestUpgrade(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)

    def rows(self, database):
        """Return every stored row of our models: {table: {id: {column: value}}}."""
        tables = self.house.server.sql(
            "SELECT DISTINCT REPLACE(m.model, '.', '_') FROM ir_model m JOIN ir_model_data d"
            " ON d.model = 'ir.model' AND d.res_id = m.id JOIN pg_class c"
            " ON c.relname = REPLACE(m.model, '.', '_') AND c.relkind = 'r'"
            " WHERE d.module LIKE 'customer\\_%' AND m.model LIKE 'customer.%' AND NOT m.transient",
            database,
        )
        found = {}
        for (table,) in tables:
            lines = self.house.server.sql(f"SELECT to_jsonb(t) FROM {table} t", database)
            rows = [json.loads(text) for (text,) in lines]
            found[table] = {row.pop("id"): row for row in rows}
        return found

    def changes(self, before, after):
        """Return what is gone or different, in the columns that both states have."""
        found = []
        for table, rows in before.items():
            for key, row in rows.items():
                now = after.get(table, {}).get(key)
                if now is None:
                    found.append(f"{table} {key} is gone")
                    continue
                found += [
                    f"{table} {key}.{column}: {row[column]!r} became {now[column]!r}"
                    for column in set(row) & set(now) - SKIPPED
                    if plain(row[column]) != plain(now[column])
                ]
        return found

    def odoo(self, name, *words, **more):
        log = self.house.odoo(name, *words, "--log-level=warn", **more).stdout
        self.assertFalse(errors(log), log[-4000:])
        return [line for line in log.splitlines() if line.startswith("FIGURES")]

    def test_an_update_keeps_every_row_and_every_figure(self):
        for commit in LANDED:
            with self.subTest(commit=commit), tempfile.TemporaryDirectory() as folder:
                if not unpacked(commit, folder):
                    self.skipTest(f"{commit} is not in this clone")
                name = f"cm_test_upgrade_{os.getpid()}"
                self.house.copy(self.house.base(True), name)
                self.addCleanup(self.house.drop, name)
                self.addCleanup(self.house.config(name).unlink, missing_ok=True)
                paths = [*map(str, self.house.source.addons), folder]
                old = f"--addons-path={','.join(paths)}"
                self.odoo(name, old, "-i", ",".join(ADDONS), "--stop-after-init", "--with-demo")
                said = self.odoo(name, old, "--no-http", command=("shell",), input=PREPARE)
                before = self.rows(name)
                self.assertGreater(sum(map(len, before.values())), 100)
                self.odoo(name, "-u", ADDONS[0], "-i", ",".join(ADDONS), "--stop-after-init")
                found = self.changes(before, self.rows(name))
                self.assertFalse(found, "\n" + "\n".join(found[:50]))
                self.assertEqual(said, self.odoo(name, "--no-http", command=("shell",), input=READ))
