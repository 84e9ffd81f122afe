"""Load a receivables file: the script for an Odoo shell that ``./dev demo --real FILE`` runs.

Its input are two environment variables: RECEIVABLES_FILE, and RECEIVABLES_TESTS for the folder of the
tests, because a script that is piped into the shell does not know where it comes from.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ.get("RECEIVABLES_TESTS", "tests"))

from tools.loading import load
from tools.receivables import ReceivablesError, company_name, read


def main(env):
    """Load the file, give the administrator access to its company and say what was loaded."""
    path = Path(os.environ["RECEIVABLES_FILE"])
    try:
        loaded = load(env, read(path), company_name(path))
    except ReceivablesError as error:
        sys.exit(
            f"{path.name} cannot be loaded:\n" + "\n".join(f"  {line}" for line in str(error).splitlines())
        )
    env.ref("base.user_admin").company_ids += loaded.company
    env.cr.commit()
    invoices, paid, customers = len(loaded.invoices), len(loaded.payments), len(loaded.customers)
    text = f"{loaded.company.name}: {invoices} invoices of {customers} customers, {paid} of them paid"
    sys.stdout.write(f"{text}; open: {loaded.open_total:,} {loaded.company.currency_id.name}\n")


main(env)  # noqa: F821  (the shell's own)
