"""Odoo's own source: taken from ODOO_SRC, or downloaded once from Debian's archive.

The package ``odoo-19`` is only unpacked, never installed: installing it would pull a newer libc.
apt works on lists of its own for this, so the machine's own package state stays as it is.
"""

import os
import shutil
import tarfile
from pathlib import Path

from machine import IS_ROOT, Stop, cache, need, run, say

DEBIAN_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
# Odoo's tree links to Debian's copies of these; they are unpacked into the same tree.
LINKED = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
)
SELFIE = Path("mail/static/lib/selfie_segmentation/selfie_segmentation.js")


class Source:
    """A tree of Odoo 19: its launcher, its Python path and its addons folder."""

    def __init__(self, python_path, launcher):
        self.python_path = Path(python_path)
        self.launcher = Path(launcher)

    @property
    def addons(self):
        """Return the folders with Odoo's own addons."""
        folders = [self.python_path / "odoo" / "addons", self.python_path / "addons"]
        return [folder for folder in folders if (folder / "base").is_dir() or (folder / "account").is_dir()]

    @property
    def version(self):
        release = {}
        exec((self.python_path / "odoo" / "release.py").read_text(), release)  # noqa: S102  (Odoo's own)
        return release["version"]

    @property
    def requirements(self):
        """Return the text that names the Python packages this Odoo asks for."""
        for egg in self.python_path.glob("odoo-*.egg-info/PKG-INFO"):
            return egg.read_text()
        text = (self.python_path / "requirements.txt").read_text()
        names = [line.split("==")[0] for line in text.splitlines() if line[:1].isalpha()]
        return "".join(f"Requires-Dist: {name}\n" for name in names)


def given():
    """Return the Odoo that ODOO_SRC names: a checkout, or the root of an installed tree."""
    src = os.environ.get("ODOO_SRC")
    if not src:
        return None
    root = Path(src).resolve()
    layouts = (
        (root, root / "odoo-bin"),
        (root / "usr/lib/python3/dist-packages", root / "usr/bin/odoo"),
        (root, root.parent.parent.parent / "bin/odoo"),
    )
    for python_path, launcher in layouts:
        if (python_path / "odoo" / "release.py").is_file() and launcher.is_file():
            found = Source(python_path, launcher)
            if not found.version.startswith("19."):
                raise Stop(f"ODOO_SRC={src} is Odoo {found.version}: this suite needs 19.0")
            return found
    raise Stop(f"ODOO_SRC={src} holds no Odoo: name a checkout of Odoo 19.0 or the root of an installed one")


def mirror():
    """Return the address of the Debian mirror that this machine already uses."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]
    lines = run(command).stdout.splitlines()
    for line in lines:
        address = line.split()[0] if line.split() else ""
        if address.rstrip("/").endswith("/debian"):
            return address
    raise Stop("no Debian mirror is set up in apt: set ODOO_SRC to a checkout of Odoo 19.0")


def private_apt():
    """Return apt options that work on lists and downloads in our own folder."""
    if not shutil.which("apt-get"):
        raise Stop("apt-get is not here to fetch Odoo: set ODOO_SRC to a checkout of Odoo 19.0")
    base = cache() / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={DEBIAN_KEYS}] " if Path(DEBIAN_KEYS).exists() else ""
    (base / "sources.list").write_text(f"deb {signed}{mirror()} sid main\n")
    options = [
        f"Dir::Etc::SourceList={base}/sources.list",
        "Dir::Etc::SourceParts=/dev/null",
        f"Dir::State::Lists={base}/lists",
        f"Dir::Cache={base}/cache",
        "Acquire::Retries=5",
    ]
    if IS_ROOT:
        options.append("APT::Sandbox::User=root")
    return [word for option in options for word in ("-o", option)]


def install():
    """Return the Odoo to use, fetching and unpacking it when it is not here yet."""
    found = given()
    if found:
        return found
    tree = cache() / "odoo"
    source = Source(tree / "usr/lib/python3/dist-packages", tree / "usr/bin/odoo")
    if (tree / "complete").exists():
        return source
    say("fetching Odoo 19 Community (120 MB, once)")
    apt = private_apt()
    run(["apt-get", *apt, "update"])
    fresh = cache() / "odoo.new"
    debs = cache() / "debs"
    for folder in (fresh, tree, debs):
        shutil.rmtree(folder, ignore_errors=True)
    debs.mkdir()
    run(["apt-get", *apt, "download", "odoo-19", *LINKED], cwd=debs)
    for deb in sorted(debs.glob("*.deb")):
        run(["dpkg-deb", "-x", deb, fresh])
    add_selfie(fresh / "usr/lib/python3/dist-packages/odoo/addons" / SELFIE)
    (fresh / "complete").touch()
    fresh.rename(tree)
    shutil.rmtree(debs)
    return source


def add_selfie(target):
    """Add the one script that Debian left out and that the web client asks for at its start."""
    if target.exists():
        return
    folder = cache() / "npm"
    folder.mkdir(exist_ok=True)
    run([need("npm", "npm"), "pack", "--silent", "@mediapipe/selfie_segmentation"], cwd=folder)
    package = sorted(folder.glob("mediapipe-selfie_segmentation-*.tgz"))[-1]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        target.write_bytes(archive.extractfile("package/selfie_segmentation.js").read())
