"""A large, seeded and consistent receivables ledger, written by COPY into a company of its own.

Customers with a Zipf-like number of invoices (about 6 % of them foreign, three of an exact size),
posted invoices and credit notes over three years, payments in full, in two parts, in batches and on
account, partial and full reconciles, exchange differences of a second currency, and sale orders.
One transaction: it commits a ledger that passed every check of ``checks.py``, or nothing.
"""
