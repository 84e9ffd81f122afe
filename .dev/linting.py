"""./dev lint: every linter at once; silence is the only thing that counts as clean."""

import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import rules
from databases import House
from machine import ADDONS, ROOT, Stop, cache, digest, need, say
from machine import run as call

PYTHON = ["dev", ".dev", "tests", *ADDONS]
# Glob patterns for Prettier; .prettierignore names what programs wrote.
TEXTS = "**/*.{xml,js,cjs,css,scss,md,json,yml}"
SCRIPTS = ["*/static/**/*.js", "*.cjs"]
PACKAGE = ROOT / "package.json"
# What linters say without complaining of anything: headings, counts, empty lines.
CHATTER = re.compile(r"^(\*+ Module .*|\d+ files? (already|would be|left) .*|)$")
# The checkers of Odoo's own addon test_lint, and what it asks of pylint besides.
HOST_CHECKERS = ("_odoo_checker_sql_injection", "_odoo_checker_gettext", "_odoo_checker_unlink_override")
HOST_MESSAGES = (
    "sql-injection,missing-gettext,gettext-variable,gettext-placeholders,gettext-repr,raise-unlink-override,"
    "used-before-assignment,undefined-variable,eval-used,unreachable,function-redefined"
)


def run(options, _rest):
    """Run every linter, say how each one went, and return 0 only when all are clean."""
    house = House(browser=False)
    tools = Tools(house, install_node())
    if options.fix:
        fix(tools)
    begin = time.monotonic()
    results = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = [pool.submit(tools.judge, name, command) for name, command in tools.linters().items()]
        jobs += [pool.submit(judge_rule, name, rule) for name, rule in rules.RULES.items()]
        for job in as_completed(jobs):
            results.append(job.result())
            report(*results[-1])
    failed = sum(bool(lines) for _name, lines, _seconds in results)
    outcome = f"{failed} of {len(results)} complain" if failed else f"all {len(results)} are content"
    say(f"{outcome} ({time.monotonic() - begin:.0f} s)")
    return 1 if failed else 0


class Tools:
    """Where the linters are, and in which environment they run."""

    def __init__(self, house, node):
        self.source = house.source
        self.bin = house.python.parent
        self.node = node / "node_modules"
        plain = {"LANG": "C.UTF-8", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        paths = {"NODE_PATH": self.node}
        # The linters' own caches stay out of the checkout.
        paths |= {"PYLINTHOME": cache() / "pylint", "RUFF_CACHE_DIR": cache() / "ruff", "CACHE_DIR": node}
        self.env = {**os.environ, **plain, **{key: str(path) for key, path in paths.items()}}
        for key in ("PYTHONPATH", "FORCE_COLOR"):
            self.env.pop(key, None)

    def linters(self):
        """Return the commands by name, the slowest first: it must not be the one that is waited for."""
        python = [name for name in PYTHON if (ROOT / name).exists()]
        papers = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*/i18n*/*.po*"))
        return {
            "pylint of Odoo": self.host_pylint(),
            "pylint-odoo": [self.bin / "pylint", "--rcfile=setup.cfg", *ADDONS],
            "oca-checks-odoo-module": [self.bin / "oca-checks-odoo-module", *ADDONS],
            "oca-checks-po": [self.bin / "oca-checks-po", "--disable=po-pretty-format", *papers],
            "prettier": [*self.prettier(), "--list-different", TEXTS],
            "eslint": [*self.eslint(), *SCRIPTS],
            "flake8": [self.bin / "flake8", *python],
            "ruff check": [self.bin / "ruff", "check", "--quiet", "--output-format=concise", "."],
            "ruff format": [self.bin / "ruff", "format", "--check", "."],
        }

    def host_pylint(self):
        """Return the command that Odoo's own test_lint runs, for our addons only.

        It needs Odoo on the path to know a model by its ancestors; the others are three times as fast
        without and find the same.
        """
        folders = [folder / "test_lint" / "tests" for folder in self.source.addons]
        tests = next((folder for folder in folders if folder.is_dir()), None)
        if not tests:
            raise Stop("this Odoo has no addon test_lint: set ODOO_SRC to a whole checkout of Odoo 19.0")
        options = ["--rcfile=/dev/null", "--score=n", "--persistent=n", "--disable=all"]
        options += [f"--load-plugins={','.join(HOST_CHECKERS)}", f"--enable={HOST_MESSAGES}"]
        path = os.pathsep.join((str(tests), str(self.source.python_path)))
        return ["env", f"PYTHONPATH={path}", self.bin / "pylint", *options, *ADDONS]

    def prettier(self):
        script = self.node / "prettier" / "bin" / "prettier.cjs"
        return [need("node", "nodejs"), script, "--no-error-on-unmatched-pattern"]

    def eslint(self):
        script = self.node / "eslint" / "bin" / "eslint.js"
        return [need("node", "nodejs"), script, "--max-warnings=0", "--no-error-on-unmatched-pattern"]

    def judge(self, name, command):
        """Run one linter and return its name, its complaints and its seconds."""
        begin = time.monotonic()
        words = [str(part) for part in command]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        text = {"encoding": "utf-8", "errors": "replace"}
        done = subprocess.run(words, cwd=ROOT, env=self.env, check=False, **pipes, **text)
        said = [line for line in done.stdout.splitlines() if not CHATTER.match(line)]
        if done.returncode and not said:
            said = [f"stopped with exit code {done.returncode}"]
        return name, said, time.monotonic() - begin


def judge_rule(name, rule):
    """Ask one rule of the house and return what ``Tools.judge`` returns."""
    begin = time.monotonic()
    return name, list(rule()), time.monotonic() - begin


def report(name, lines, seconds):
    """Say how one linter went."""
    count = f"{len(lines)} lines" if lines else ""
    print(f"{'FAIL' if lines else 'ok':<5} {name:<24} {seconds:5.1f} s  {count}".rstrip())
    print("".join(f"      {line}\n" for line in lines), end="", flush=True)


def fix(tools):
    """Let the tools that can do it put right what they can."""
    for command in (
        # Not the check that wants to rename files with git.
        [tools.bin / "oca-checks-odoo-module", "--fix", "--disable=prefer-readme-rst", *ADDONS],
        [tools.bin / "ruff", "check", "--quiet", "--fix", "--exit-zero", "."],
        [tools.bin / "ruff", "format", "--quiet", "."],
        [*tools.prettier(), "--write", TEXTS],
        [*tools.eslint(), "--fix", *SCRIPTS],
    ):
        # What cannot be put right is said by the linters afterwards.
        tools.judge("fix", command)


def install_node():
    """Return the folder with the linters from npm, made once for each state of package.json."""
    home = cache() / "node" / digest(PACKAGE.read_bytes())
    if (home / "node_modules").exists():
        return home
    npm = need("npm", "npm")
    say("installing Prettier and ESLint (once)")
    draft = home.with_name(f"{home.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    shutil.copy(PACKAGE, draft)
    call([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"], cwd=draft)
    try:
        draft.rename(home)
    except OSError:
        # Somebody else was faster: theirs is as good.
        shutil.rmtree(draft)
    return home
