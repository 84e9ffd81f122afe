"""Where things are on this machine, and how other programs are run."""

import getpass
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = (
    "customer_management",
    "customer_credit",
    "customer_channels",
    "customer_service",
)
# An addon of somebody else that builds on ours: it is there in the databases of the tests only.
TEST_ADDONS = ("customer_test",)
IS_ROOT = os.geteuid() == 0


class Stop(Exception):
    """Something that the user has to do first; its text is one line that says what."""


def say(text):
    """Tell the user in a plain word what is being done."""
    print(f"· {text}", file=sys.stderr, flush=True)


def cache():
    """Return the folder for downloads, the Python environment and the databases.

    It lies outside the checkout, so that a fresh clone finds it filled. PostgreSQL refuses to run
    as root, so root's cache must be in a place that the user ``postgres`` can reach.
    """
    if os.environ.get("CM_CACHE"):
        folder = Path(os.environ["CM_CACHE"]).resolve()
    elif IS_ROOT:
        folder = Path("/var/cache/customer-management-suite")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(base) / "customer-management-suite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"cannot make {folder} ({error.strerror}): set CM_CACHE to a folder you own") from error
    return folder


def run(command, **options):
    """Run a program and stop with its last words when it fails."""
    check = options.pop("check", False)
    quiet = options.pop("quiet", True)
    if quiet:
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.STDOUT)
    done = subprocess.run([str(part) for part in command], text=True, check=check, **options)
    if done.returncode and quiet:
        tail = "\n".join((done.stdout or "").strip().splitlines()[-15:])
        raise Stop(f"{Path(str(command[0])).name} failed:\n{tail}")
    return done


def need(program, package):
    """Return the path of a program, or stop and say which package brings it."""
    found = shutil.which(program)
    if not found:
        raise Stop(f"{program} is missing: install the package {package}")
    return found


def user():
    return getpass.getuser()


def digest(*parts):
    """Return a short name for a state: the same parts give the same name."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part if isinstance(part, bytes) else str(part).encode())
        sha.update(b"\0")
    return sha.hexdigest()[:10]


def folder_of(addon):
    """Return the folder of an addon of this checkout."""
    return ROOT / "tests" / "addons" / addon if addon in TEST_ADDONS else ROOT / addon


def code_state(addons=ADDONS):
    """Return a short name for the state of the addons' code, data and translations."""
    parts = []
    for addon in addons:
        folder = folder_of(addon)
        for path in sorted(folder.rglob("*")):
            skip = "__pycache__" in path.parts or "tests" in path.relative_to(folder).parts
            if path.is_file() and not skip and path.suffix not in (".pyc", ".md"):
                parts += [path.relative_to(ROOT), path.read_bytes()]
    return digest(*parts)
