"""./dev demo: Odoo with the suite, on a database that is kept between runs."""

import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from databases import House, interactive
from machine import ROOT, Stop, code_state, say

DATABASE = "customer_demo"
LOADER = ROOT / "tests" / "tools" / "load_receivables.py"


def run(options, _rest):
    """Prepare the database, start Odoo and say where it is."""
    file = receivables(options.real)
    house = House()
    if options.fresh or not house.exists(DATABASE):
        house.copy(house.template(lang=options.lang), DATABASE)
        mark(house)
    elif outdated(house):
        say("bringing the demo's addons up to this checkout (its data is kept)")
        house.odoo(DATABASE, "-u", "customer_management", "--stop-after-init", "--log-level=warn")
        mark(house)
    if options.lang:
        house.odoo(DATABASE, "-l", options.lang, command=("i18n", "loadlang"))
    if file:
        load(house, file)
    return serve(house, options.port)


def receivables(name):
    """Return the path of the receivables file, or stop when it is not there."""
    if not name:
        return None
    path = Path(name).resolve()
    if not path.is_file():
        raise Stop(f"there is no file {path}")
    return path


def stamp(house):
    return house.data / f"{DATABASE}.state"


def mark(house):
    stamp(house).write_text(code_state())


def outdated(house):
    return not stamp(house).exists() or stamp(house).read_text() != code_state()


def load(house, file):
    """Load a receivables file into a company of its own; a bad file changes nothing."""
    say(f"loading {file.name} as posted invoices and reconciled payments")
    env = {"RECEIVABLES_FILE": str(file), "RECEIVABLES_TESTS": str(LOADER.parent.parent)}
    with LOADER.open(encoding="utf-8") as script:
        code = interactive(house, house.shell(DATABASE), extra=env, stdin=script)
    if code:
        raise Stop(f"{file.name} was not loaded; nothing of it was kept")


def free_port(wanted):
    """Return the port to serve on: the wanted one, else 8069 if free, else any free one."""
    for port in (wanted, None) if wanted else (8069, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port or 0))
                return probe.getsockname()[1]
            except OSError:
                if wanted:
                    raise Stop(f"port {wanted} is taken: leave --port out, or name another") from None
    raise Stop("no free port on 127.0.0.1")


def serve(house, wanted):
    """Start Odoo, wait until it answers, print the address and the login, and stay with it."""
    port = free_port(wanted)
    config = house.config(DATABASE, port)
    words = [house.python, house.source.launcher, "-c", config, "--max-cron-threads=1"]
    log = house.data / "demo.log"
    say(f"starting Odoo (its log is {log})")
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen([str(word) for word in words], env=house.env, stdout=out, stderr=out)
    try:
        wait(server, port, log)
        print(f"\n  http://127.0.0.1:{port}\n  login admin, password admin\n", flush=True)
        return server.wait()
    finally:
        server.terminate()
        server.wait()


def wait(server, port, log):
    for _second in range(180):
        if server.poll() is not None:
            raise Stop(f"Odoo stopped: see {log}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5).read()
            return
        except OSError:
            time.sleep(1)
    raise Stop(f"Odoo does not answer: see {log}")
