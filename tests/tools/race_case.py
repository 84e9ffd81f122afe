"""Two processes that call the server at the same moment, as two workers of a host do."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from unittest import TestCase

TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS.parent.parent / ".dev"))

from databases import House  # noqa: E402  (the path to it is set just above)

WORKER = TOOLS / "race_worker.py"


class RaceCase(TestCase):
    """A database of its own without demo data, and two workers on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)
        cls.name = f"cm_test_{cls.__name__.lower()}_{os.getpid()}"
        cls.house.copy(cls.house.template(demo=False), cls.name)
        cls.addClassCleanup(cls.house.drop, cls.name)
        cls.addClassCleanup(lambda: cls.house.config(cls.name).unlink(missing_ok=True))
        command = [str(cls.house.python), str(WORKER), str(cls.house.config(cls.name)), cls.name]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": cls.house.env}
        cls.workers = [subprocess.Popen(command, **pipes) for _number in range(2)]
        for worker in cls.workers:
            cls.addClassCleanup(cls.stop, worker)
        for worker in cls.workers:
            assert worker.stdout.readline().strip() == "ready"

    @staticmethod
    def stop(worker):
        worker.stdin.close()
        worker.wait()
        worker.stdout.close()

    def shell(self, script):
        """Run a script in a shell of the database and return what it said."""
        done = self.house.odoo(self.name, "--no-http", "--log-level=error", command=("shell",), input=script)
        lines = [line for line in done.stdout.splitlines() if line.startswith(("MADE", "FOUND"))]
        self.assertEqual(len(lines), 1, done.stdout[-4000:])
        return json.loads(lines[0].split(" ", 1)[1])

    def together(self, *tasks):
        """Let the two processes call at the same moment; return their answers."""
        at = time.time() + 0.01
        for worker, task in zip(self.workers, tasks, strict=True):
            worker.stdin.write(json.dumps({"at": at, **task}) + "\n")
            worker.stdin.flush()
        return [json.loads(worker.stdout.readline()) for worker in self.workers]
