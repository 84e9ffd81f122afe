"""Benchmarks: the suite's figures against the best single SQL statement on a large ledger."""
