"""Journal entries: invoices, credit notes, payments and exchange differences, as rows."""

from .settings import iso, money
from .tables import Table

MOVE = (
    "id",
    "sequence_prefix",
    "sequence_number",
    "name",
    "journal_id",
    "origin_payment_id",
    "invoice_payment_term_id",
    "partner_id",
    "commercial_partner_id",
    "partner_shipping_id",
    "currency_id",
    "invoice_user_id",
    "ref",
    "payment_reference",
    "move_type",
    "payment_state",
    "invoice_partner_display_name",
    "date",
    "invoice_date",
    "invoice_date_due",
    "reversed_entry_id",
    "invoice_currency_rate",
    "amount_untaxed",
    "amount_total",
    "amount_residual",
    "amount_untaxed_signed",
    "amount_untaxed_in_currency_signed",
    "amount_total_signed",
    "amount_total_in_currency_signed",
    "amount_residual_signed",
    "always_tax_exigible",
    "create_date",
    "write_date",
)
PAYMENT = (
    "id",
    "currency_id",
    "partner_id",
    "name",
    "state",
    "memo",
    "date",
    "amount",
    "amount_company_currency_signed",
    "is_reconciled",
    "create_date",
    "write_date",
)


class Entries:
    """Writes the entries' heads and the payments."""

    def __init__(self, cursor, settings, world):
        self.cursor, self.settings, self.world = cursor, settings, world
        user = world.users[0]
        self.same = {"company_id": world.company, "create_uid": user, "write_uid": user}
        self.moves = Table(
            cursor,
            "account_move",
            MOVE,
            self.same
            | {"state": "posted", "auto_post": "no", "amount_tax": 0, "amount_tax_signed": 0, "checked": True}
            | {"posted_before": True, "made_sequence_gap": False, "is_manually_modified": False},
            world.defaults.get("account_move"),
        )

    def load(self, plan, matching):
        """Write everything; return how many payments and moves that is."""
        payments = self.load_payments(plan.payments)
        for one in plan.documents:
            self.document(one)
        for one in plan.payments:
            self.payment(one)
        for one in matching.exchanges:
            self.exchange(one)
        self.moves.flush()
        self.link(plan.payments)
        return payments, self.moves.total

    def document(self, one):
        sign = 1 if one.kind == "I" else -1
        customer, day = one.customer, iso(one.day)
        prefix, number, name = one.name
        rate = 1.0 if one.currency == self.world.currency else self.world.rate(one.day)
        home, amount = money(sign * one.home), money(one.amount)
        signed = money(sign * one.amount)
        self.moves.add(
            *(
                one.id,
                prefix,
                number,
                name,
                self.world.sales[0],
                None,
                customer.term,
                one.partner,
                customer.id,
            ),
            *(customer.id, one.currency, customer.user, None, name if sign > 0 else None),
            *("out_invoice" if sign > 0 else "out_refund", self.state(one)),
            customer.name + (", AP dept" if one.partner != customer.id else ""),
            *(day, day, iso(one.due), one.reverses.id if one.reverses else None, rate),
            *(amount, amount, money(one.left), home, signed, home, signed, money(sign * one.left_home)),
            *(False, day, day),
        )

    @staticmethod
    def state(one):
        if not one.left and not one.left_home:
            return "paid"
        return "partial" if one.kind == "I" and one.left != one.amount else "not_paid"

    def payment(self, one):
        day, customer = iso(one.day), one.customer
        prefix, number, name = one.name
        self.moves.add(
            *(
                one.move,
                prefix,
                number,
                name,
                self.world.banking[0],
                one.id,
                None,
                customer.id,
                customer.id,
                None,
            ),
            *(
                one.currency,
                None,
                one.memo,
                None,
                "entry",
                "not_paid",
                customer.name,
                day,
                None,
                day,
                None,
                0,
            ),
            *(0, money(one.amount), 0, 0, 0, money(one.home), money(one.amount), 0, True, day, day),
        )

    def exchange(self, one):
        day = iso(one.day)
        prefix, number, name = one.name
        self.moves.add(
            *(one.move, prefix, number, name, self.world.exchange[0], None, None, None, None, None),
            *(self.world.currency, None, None, None, "entry", "not_paid", None, day, None, day, None, 0),
            *(0, 0, 0, 0, 0, money(abs(one.loss)), 0, 0, True, day, day),
        )

    def load_payments(self, payments):
        world = self.world
        same = self.same | {
            "journal_id": world.banking[0],
            "payment_method_line_id": world.method_line,
            "payment_method_id": world.method,
            "outstanding_account_id": world.bank,
            "destination_account_id": world.receivable,
            "payment_type": "inbound",
            "partner_type": "customer",
            "is_matched": True,
        }
        table = Table(self.cursor, "account_payment", PAYMENT, same, world.defaults.get("account_payment"))
        for one in payments:
            day, name, paid = iso(one.day), one.name[2], [part[0] for part in one.parts]
            one.memo = "on account" if not paid else paid[0].name[2] if len(paid) == 1 else f"BATCH/{name}"
            amounts = (money(one.amount), money(one.home))
            table.add(
                *(
                    one.id,
                    one.currency,
                    one.customer.id,
                    name,
                    "paid",
                    one.memo,
                    day,
                    *amounts,
                    bool(paid),
                    day,
                    day,
                )
            )
        table.flush()
        return table.total

    def link(self, payments):
        """Connect payments with their entries and with the invoices they paid."""
        self.cursor.execute(
            "UPDATE account_payment p SET move_id = m.id FROM account_move m "
            "WHERE m.origin_payment_id = p.id AND m.company_id = %s",
            (self.world.company,),
        )
        table = Table(self.cursor, "account_move__account_payment", ("invoice_id", "payment_id"))
        for one in payments:
            for document, _amount, _settles in one.parts:
                table.add(document.id, one.id)
        table.flush()
