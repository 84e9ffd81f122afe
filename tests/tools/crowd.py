"""python crowd.py CONFIG DATABASE: several users at work at a time, each a process of its own.

The standard input says ``{"seconds": time, "users": {user: [order, ...]}}``. Each user confirms its orders one
after the other, and then those that were held again and again, until the time is over; between two of them it
thinks for up to two seconds. The output is one line of JSON: the answers, as ``race_worker`` gives them, each
with its ``user`` and ``order``.

The processes are forked from one that has loaded the addons, as the host's own web workers are: ten that load
them one by one would keep two cores busy for longer than the test lasts. Nothing is changed about how the host
repeats a call, its waiting included. Without a pause of the users, more than ten of them meet at one payer each
second, and about one in a thousand clicks runs out of the five tries that the host has for a call.
"""

import json
import multiprocessing
import random
import sys
import time

from race_worker import work

from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

# The longest pause between two clicks of a user, in seconds.
PAUSE = 2


def shift(database, user, orders, until):
    """Let a user work until the time is over; return the answers."""
    registry, chance = Registry(database), random.Random(user)
    waiting, held, answers = list(orders), [], []
    while time.time() < until and (waiting or held):
        order = waiting.pop(0) if waiting else held.pop(chance.randrange(len(held)))
        call = {"model": "sale.order", "ids": [order], "method": "action_confirm", "at": 0}
        answer = work(registry, {**call, "uid": user, "context": {"lang": "en_US", "tz": "UTC"}})
        answers.append({**answer, "user": user, "order": order})
        if answer.get("result") is not True and "error" not in answer:
            held.append(order)
        time.sleep(chance.uniform(0, PAUSE))
    return answers


def main():
    path, database = sys.argv[1:]
    task = json.load(sys.stdin)
    config.parse_config(["-c", path, "-d", database, "--log-level=critical"], setup_logging=True)
    Registry(database)
    # What is forked must not share a connection.
    sql_db.close_all()
    until = time.time() + task["seconds"]
    shifts = [(database, int(user), orders, until) for user, orders in task["users"].items()]
    with multiprocessing.get_context("fork").Pool(len(shifts)) as pool:
        answers = [answer for part in pool.starmap(shift, shifts, chunksize=1) for answer in part]
    print(json.dumps(answers, default=str))


if __name__ == "__main__":
    main()
