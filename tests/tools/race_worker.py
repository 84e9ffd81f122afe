"""python race_worker.py CONFIG DATABASE: run calls as a web worker does, one a line of JSON from the standard input.

A line is ``{"at": time, "uid": user, "model": ..., "ids": [...], "method": ..., "args": [...]}``. The answer is a
line with ``result`` or ``error``, how many ``tries`` it took, and when the last one ``began`` and it all ``ended``.
"""

import functools
import json
import sys
import time
import types

from odoo import api
from odoo.modules.registry import Registry
from odoo.service import model
from odoo.tools import config


def call(env, task, seen):
    """Call the method once, in the transaction of ``env``."""
    seen["tries"] += 1
    seen["began"] = time.time()
    records = env[task["model"]].browse(task["ids"])
    result = getattr(records, task["method"])(*task.get("args", ()))
    return result if isinstance(result, bool | int | str | dict) or result is None else str(result)


def work(registry, task):
    """Run a task under the host's own repetition, which is what a request runs under."""
    seen = {"tries": 0}
    try:
        # As at the beginning of a request: what others changed in the caches is forgotten.
        registry = registry.check_signaling()
        with registry.cursor() as cr:
            env = api.Environment(cr, task["uid"], task.get("context", {}))
            time.sleep(max(0, task["at"] - time.time()))
            seen["result"] = model.retrying(functools.partial(call, env, task, seen), env)
    except Exception as error:
        seen["error"] = f"{type(error).__name__}: {error}"
    seen["ended"] = time.time()
    return seen


def main():
    path, database = sys.argv[1:]
    config.parse_config(["-c", path, "-d", database, "--log-level=critical"], setup_logging=True)
    # The host waits up to two seconds before it repeats a call; here as many hundredths.
    model.time = types.SimpleNamespace(sleep=lambda seconds: time.sleep(seconds / 100))
    registry = Registry(database)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(work(registry, json.loads(line)), default=str), flush=True)


if __name__ == "__main__":
    main()
