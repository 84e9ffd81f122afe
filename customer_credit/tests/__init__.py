from . import test_aging_random_ledger
