"""A private PostgreSQL: no password, reached by a socket of its own only, never the machine's."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from machine import IS_ROOT, Stop, cache, digest, need, run, say, user
from packages import postgres_bin

ROLE = "odoo"
PORT = "5432"
SETTINGS = """
# Written by ./dev. Databases here are for development: speed before safety against a power cut.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class Server:
    """The PostgreSQL in use: the private one, or the one that the PG* variables name."""

    def __init__(self, host, port, role, password=None):
        self.host, self.port, self.role, self.password = str(host), str(port), role, password

    @property
    def env(self):
        """Return the environment in which PostgreSQL's own programs reach this server."""
        env = {**os.environ, "PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.role}
        if self.password:
            env["PGPASSWORD"] = self.password
        return env

    def sql(self, statement, database="postgres"):
        """Run one statement and return its rows as lists of text."""
        command = [need("psql", "postgresql-client"), "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        done = run([*command, "-d", database, "-c", statement], env=self.env)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def databases(self):
        return {row[0] for row in self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")}


def elsewhere():
    """Return the server that PG* variables name, or None."""
    host = os.environ.get("PGHOST")
    if not host:
        return None
    role = os.environ.get("PGUSER") or user()
    if role == "postgres":
        raise Stop("Odoo refuses the role postgres: set PGUSER to a role that may create databases")
    server = Server(host, os.environ.get("PGPORT", "5432"), role, os.environ.get("PGPASSWORD"))
    try:
        server.sql("SELECT 1")
    except Stop as error:
        why = str(error).splitlines()[1:2] or [str(error)]
        raise Stop(f"no answer from PostgreSQL at PGHOST={host} as {role}: {why[0]}") from error
    return server


def as_owner(command, **options):
    """Run a server program as the user that owns the cluster: ``postgres`` when we are root."""
    if IS_ROOT:
        command = ["runuser", "-u", "postgres", "--", *command]
    return run(command, cwd="/", **options)


def socket_folder(data):
    """Return the folder of the socket; its path has a limit of about 100 characters."""
    folder = data.parent / "socket"
    if len(str(folder)) > 80:
        folder = Path("/tmp") / f"cm-{os.getuid()}-{digest(data)}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def own(*folders):
    if IS_ROOT:
        for folder in folders:
            shutil.chown(folder, "postgres", "postgres")


def create(data, binaries, socket):
    """Make the cluster."""
    say("making a private PostgreSQL cluster")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    own(data, data.parent)
    init = ["-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    as_owner([binaries / "initdb", *init])
    with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.write(SETTINGS.format(port=PORT, socket=socket))


def start():
    """Return the server to work with, started when it does not run yet."""
    server = elsewhere()
    if server:
        return server
    binaries = postgres_bin()
    if not binaries:
        raise Stop("PostgreSQL is missing: install the package postgresql, or set PGHOST and PGUSER")
    if IS_ROOT:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            raise Stop("the user postgres is missing: install the package postgresql") from None
    data = cache() / "postgres" / "data"
    socket = socket_folder(data)
    if not (data / "PG_VERSION").exists():
        create(data, binaries, socket)
    own(socket)
    control = [binaries / "pg_ctl", "-D", data]
    if not running(control):
        # A folder that was left by a machine that is gone may hold a stale lock file.
        run_start(control, data)
    return Server(socket, PORT, ROLE)


def running(control):
    try:
        as_owner([*control, "status"])
    except Stop:
        return False
    return True


def run_start(control, data):
    """Start the server; its words go to a file, so that it does not hold our output open."""
    log = data / "server.log"
    as_owner(
        [*control, "-w", "-t", "120", "-l", log, "start"],
        quiet=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if not running(control):
        raise Stop(f"PostgreSQL does not start: see {log}")


def stop():
    """Stop the private cluster, if there is one."""
    binaries = postgres_bin()
    data = cache() / "postgres" / "data"
    if binaries and (data / "PG_VERSION").exists():
        control = [binaries / "pg_ctl", "-D", data]
        if running(control):
            as_owner([*control, "-m", "fast", "stop"])
