"""What else the machine needs: Debian packages and a Python environment of our own."""

import os
import re
import shutil
import sys
from pathlib import Path

from machine import IS_ROOT, ROOT, Stop, cache, digest, run, say

PG_BIN = Path("/usr/lib/postgresql")
# What is looked for, and the Debian package that brings it.
PROGRAMS = {
    "wkhtmltopdf": "wkhtmltopdf",
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "npm": "npm",
}
CJK = Path("/usr/share/fonts/opentype/noto")
# Newest versions that Odoo 19.0 runs with; everything else is taken as it comes.
HELD = {
    "psycopg2": "psycopg2-binary",
    "PyPDF2": "PyPDF2==2.12.1",
    "werkzeug": "werkzeug<3.1",
    "python-ldap": None,
}
TOOLS = ROOT / ".dev" / "requirements.txt"


def postgres_bin():
    """Return the folder with PostgreSQL's server programs, newest first, or None."""
    folders = sorted(PG_BIN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def missing_system(browser=True):
    """Return the Debian packages that this machine lacks."""
    packages = []
    for program, package in PROGRAMS.items():
        if not shutil.which(program) and (browser or program != "chromium"):
            packages.append(package)
    if not CJK.exists():
        packages.append("fonts-noto-cjk")
    if not os.environ.get("PGHOST") and not postgres_bin():
        packages.append("postgresql")
    if not shutil.which("createdb"):
        packages.append("postgresql-client")
    return packages


def install_system(browser=True):
    """Install the missing Debian packages, or say in one line which ones are missing."""
    packages = missing_system(browser)
    if not packages:
        return
    wanted = " ".join(packages)
    if not (IS_ROOT and shutil.which("apt-get")):
        raise Stop(f"missing on this machine: have an administrator run  apt-get install {wanted}")
    say(f"installing {wanted} with apt-get")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-o", "Acquire::Retries=5", "-o", "DPkg::Lock::Timeout=300"]
    run([*apt, "update"], env=env)
    run([*apt, "install", "-y", "--no-install-recommends", *packages], env=env)


def python_needs(source):
    """Return the Python packages that Odoo and our tools ask for."""
    names = []
    for line in re.findall(r"^Requires-Dist: (.*)$", source.requirements, re.M):
        if ";" in line:
            continue
        name = re.split(r"[<>=!~ \[]", line)[0]
        wanted = HELD.get(name, line.replace(" ", ""))
        if wanted:
            names.append(wanted)
    return sorted(set(names)) + ["setuptools<81"]


def install_python(source):
    """Return the Python of our environment, making it when it is not complete."""
    needs = python_needs(source)
    state = digest(*needs, TOOLS.read_bytes(), sys.version)
    venv = cache() / "venv"
    stamp = venv / "complete"
    python = venv / "bin" / "python"
    if stamp.exists() and stamp.read_text() == state and python.exists():
        return python
    say("installing the Python packages (once)")
    if not python.exists():
        try:
            run([sys.executable, "-m", "venv", "--clear", venv])
        except Stop as error:
            raise Stop("cannot make a Python environment: install the package python3-venv") from error
    run([python, "-m", "pip", "install", "-q", "--upgrade", "pip", "wheel", "setuptools<81"])
    run([python, "-m", "pip", "install", "-q", *needs, "-r", TOOLS])
    stamp.write_text(state)
    return python
