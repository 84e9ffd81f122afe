"""Databases: templates built once per state of the code, then copied in a second."""

import ast
import os
import shutil
import subprocess

from cluster import start
from machine import ADDONS, ROOT, TEST_ADDONS, Stop, cache, code_state, digest, folder_of, run, say
from packages import install_python, install_system
from source import install

PREFIX = "cm_template_"
BASE = "cm_base_"
# The Chinese chart of accounts: the first users' own, and part of every database made here.
EXTRA = ("l10n_cn",)


class House:
    """Odoo, its Python and its PostgreSQL, ready for use."""

    def __init__(self, browser=True, tests=False):
        """Install what is missing.

        :param tests: whether the addons that only the tests use can be seen
        """
        self.addons = (ROOT / "tests" / "addons", ROOT) if tests else (ROOT,)
        install_system(browser)
        self.source = install()
        self.python = install_python(self.source)
        self.server = start()
        self.data = cache() / "data"
        self.data.mkdir(exist_ok=True)

    @property
    def env(self):
        """Return the environment for Odoo and for the tests."""
        paths = [str(self.source.python_path), os.environ.get("PYTHONPATH", "")]
        return {
            **self.server.env,
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def config(self, database, port=None, name="odoo"):
        """Write a configuration file for one database and return its path."""
        folder = cache() / "config"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}-{database}.conf"
        addons = ",".join(str(folder) for folder in (*self.source.addons, *self.addons))
        lines = {
            "addons_path": addons,
            "admin_passwd": "admin",
            "data_dir": self.data,
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.role,
            **({"db_password": self.server.password} if self.server.password else {}),
            "db_name": database,
            "dbfilter": f"^{database}$",
            "http_interface": "127.0.0.1",
            "http_port": port or 8069,
            "list_db": False,
            "max_cron_threads": 0,
            "workers": 0,
        }
        text = "".join(f"{key} = {value}\n" for key, value in lines.items())
        path.write_text("[options]\n" + text)
        return path

    def odoo(self, database, *options, command=(), **more):
        """Run Odoo on a database; ``command`` is a subcommand such as ``shell``."""
        config = self.config(database)
        words = [self.python, self.source.launcher, *command, "-c", config, *options]
        return run(words, env=self.env, **more)

    def shell(self, database):
        """Return the words that open an Odoo shell on a database."""
        config = self.config(database)
        return [self.python, self.source.launcher, "shell", "-c", config, "--no-http", "--log-level=warn"]

    # Databases

    def exists(self, name):
        return name in self.server.databases()

    def copy(self, template, name):
        """Copy a database and its files."""
        self.drop(name)
        run(["createdb", "-T", template, name], env=self.server.env)
        files = self.data / "filestore"
        if (files / template).exists():
            shutil.copytree(files / template, files / name, copy_function=link)

    def drop(self, name):
        run(["dropdb", "--if-exists", "--force", name], env=self.server.env)
        shutil.rmtree(self.data / "filestore" / name, ignore_errors=True)

    def create(self, name, modules, options, base=None):
        """Make a database with the modules, under another name until it is whole.

        :param base: a database to start from
        """
        draft = f"{name}_new_{os.getpid()}"
        try:
            if base:
                self.copy(base, draft)
            done = self.odoo(draft, "-i", modules, "--stop-after-init", "--log-level=warn", *options)
            self.finish(draft, name, done.stdout)
        except BaseException:
            self.drop(draft)
            raise

    def finish(self, draft, name, log):
        """Give a database its final name, unless its log shows an error."""
        bad = errors(log)
        for line in log.splitlines():
            if " WARNING " in line:
                say(line)
        if bad:
            self.drop(draft)
            raise Stop("the installation logs errors:\n" + log[-6000:])
        files = self.data / "filestore"
        if self.exists(name):
            self.drop(draft)
            return
        try:
            self.server.sql(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        except Stop:
            # Somebody else has made the same one in the meantime.
            if not self.exists(name):
                raise
            self.drop(draft)
            return
        if (files / draft).exists():
            (files / draft).rename(files / name)

    def base(self, demo=True, lang=None):
        """Return a template with the host's own addons that ours depend on."""
        modules = sorted(host_addons())
        name = BASE + digest(self.source.version, modules, demo, lang)
        if not self.exists(name):
            kind = "with" if demo else "no"
            say(f"making a database with Odoo's own addons ({kind} demo data, about a minute)")
            self.create(name, ",".join(modules), flags(demo, lang))
        return name

    def template(self, addons=ADDONS, demo=True, lang=None):
        """Return a template with our addons as they are in this checkout."""
        addons = tuple(addons)
        state = digest(self.source.version, code_state(closure(addons)), addons, demo, lang)
        name = PREFIX + state
        if not self.exists(name):
            base = self.base(demo, lang)
            say(f"installing {', '.join(addons)}")
            self.create(name, ",".join(addons), flags(demo, lang), base)
            self.forget_old(keep=name)
        return name

    def forget_old(self, keep, most=16):
        """Drop the oldest templates, so that the disk does not fill up."""
        rows = self.server.sql(
            "SELECT datname FROM pg_database WHERE datname LIKE 'cm\\_template\\_%' "
            "AND datname NOT LIKE '%\\_new\\_%' ORDER BY oid DESC"
        )
        for (name,) in rows[most:]:
            if name != keep:
                self.drop(name)


def errors(log):
    """Return the lines of a log in which Odoo reports an error."""
    return [line for line in log.splitlines() if " ERROR " in line or " CRITICAL " in line]


def link(source, target):
    """Share an attachment's file between copies: Odoo never changes one in place."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def flags(demo, lang):
    words = ["--with-demo"] if demo else ["--without-demo"]
    return [*words, f"--load-language=en_US,{lang}"] if lang else words


def manifest(addon):
    return ast.literal_eval((folder_of(addon) / "__manifest__.py").read_text())


def closure(addons):
    """Return our addons that these need, themselves included."""
    found = []
    for addon in addons:
        if addon not in ADDONS + TEST_ADDONS:
            raise Stop(f"{addon} is not an addon of this suite: choose from {', '.join(ADDONS)}")
        found += [*closure([name for name in manifest(addon)["depends"] if name in ADDONS]), addon]
    return tuple(dict.fromkeys(found))


def host_addons():
    """Return Odoo's own addons that ours depend on."""
    names = {name for addon in ADDONS for name in manifest(addon)["depends"]}
    return names.difference(ADDONS).union(EXTRA)


def interactive(house, words, extra=None, **more):
    """Run a program in the foreground with the terminal, and return its exit code."""
    env = {**house.env, **(extra or {})}
    return subprocess.run([str(word) for word in words], env=env, check=False, **more).returncode
