"""Journal items and their reconciliation, as rows."""

from .settings import iso, money
from .tables import Table

ITEM = (
    "id",
    "move_id",
    "journal_id",
    "sequence",
    "account_id",
    "currency_id",
    "partner_id",
    "payment_id",
    "full_reconcile_id",
    "matching_number",
    "product_id",
    "product_uom_id",
    "move_name",
    "ref",
    "name",
    "display_type",
    "date",
    "invoice_date",
    "date_maturity",
    "debit",
    "credit",
    "balance",
    "amount_currency",
    "amount_residual",
    "amount_residual_currency",
    "quantity",
    "price_unit",
    "price_subtotal",
    "price_total",
    "reconciled",
    "no_followup",
    "create_date",
    "write_date",
)
PARTIAL = (
    "id",
    "debit_move_id",
    "credit_move_id",
    "full_reconcile_id",
    "exchange_move_id",
    "debit_currency_id",
    "credit_currency_id",
    "max_date",
    "amount",
    "debit_amount_currency",
    "credit_amount_currency",
    "create_date",
    "write_date",
)


def matched(graph):
    """Return the full reconcile and the matching number of a graph, if there is one."""
    return (graph.full, graph.key) if graph else (None, None)


def sides(balance, storno=False):
    """Return debit and credit of a balance in cents; storno books a negative one on its own side."""
    debit = balance > 0
    if storno:
        debit = not debit
    return (money(balance), "0.00") if debit else ("0.00", money(-balance))


class Items:
    """Writes the journal items."""

    def __init__(self, cursor, world):
        self.cursor, self.world = cursor, world
        user = world.users[0]
        self.same = {"company_id": world.company, "create_uid": user, "write_uid": user}
        same = {
            "company_currency_id": world.currency,
            "parent_state": "posted",
            "discount": 0,
            "is_storno": False,
        }
        same["deductible_amount"] = 100
        defaults = world.defaults.get("account_move_line")
        self.items = Table(cursor, "account_move_line", ITEM, self.same | same, defaults)

    def load(self, plan, matching):
        """Write everything; return how many journal items and partial reconciles that is."""
        self.load_full(matching)
        for one in plan.documents:
            self.document(one)
        for one in plan.payments:
            self.payment(one)
        for one in matching.exchanges:
            self.exchange(one)
        self.items.flush()
        return self.items.total, self.load_partials(matching)

    def document(self, one):
        """Write two income lines and the receivable."""
        world, customer, day, name = self.world, one.customer, iso(one.day), one.name[2]
        sign = 1 if one.kind == "I" else -1
        storno = sign < 0 and world.storno
        for number, ((product, quantity, price), home) in enumerate(
            zip(one.lines, one.home_lines, strict=True)
        ):
            amount = money(quantity * price)
            self.items.add(
                *(
                    one.first_line + number,
                    one.id,
                    world.sales[0],
                    100,
                    world.income,
                    one.currency,
                    customer.id,
                ),
                *(None, None, None, product[0], world.uom, name, None, product[1], "product", day, day, None),
                *(*sides(-sign * home, storno), money(-sign * home), money(-sign * quantity * price), 0, 0),
                *(quantity, money(price), amount, amount, False, False, day, day),
            )
        self.items.add(
            *(one.line, one.id, world.sales[0], 12000, world.receivable, one.currency, customer.id, None),
            *(
                *matched(one.graph),
                None,
                None,
                name,
                None,
                name if sign > 0 else None,
                "payment_term",
                day,
                day,
            ),
            *(
                iso(one.due),
                *sides(sign * one.home, storno),
                money(sign * one.home),
                money(sign * one.amount),
            ),
            *(money(sign * one.left_home), money(sign * one.left), 0, 0, 0, 0),
            *(not (one.left or one.left_home), False, day, day),
        )

    def payment(self, one):
        """Write the bank's line and the receivable."""
        world, customer, day = self.world, one.customer, iso(one.day)
        home, amount, label = money(one.home), money(one.amount), f"Manual Payment: {one.memo}"
        head = (one.move, world.banking[0], 100)
        self.items.add(
            *(one.line - 1, *head, world.bank, one.currency, customer.id, one.id, None, None, None, None),
            *(one.name[2], one.memo, label, "product", day, None, day, home, 0, home, amount, home, amount),
            *(1, 0, amount, amount, False, False, day, day),
        )
        home, amount = money(-one.home), money(-one.amount)
        self.items.add(
            *(
                one.line,
                *head,
                world.receivable,
                one.currency,
                customer.id,
                one.id,
                *matched(one.graph),
                None,
                None,
            ),
            *(one.name[2], one.memo, label, "product", day, None, day, 0, money(one.home), home, amount),
            *(money(-one.left_home), money(-one.left), 1, 0, amount, amount),
            *(not (one.left or one.left_home), False, day, day),
        )

    def exchange(self, one):
        """Write the receivable that closes the difference, and the loss or gain."""
        world, day = self.world, iso(one.day)
        result = world.loss if one.loss > 0 else world.gain
        for number, (account, balance) in enumerate(((world.receivable, -one.loss), (result, one.loss))):
            graph = one.graph if number == 0 else None
            self.items.add(
                *(
                    one.line + number,
                    one.move,
                    world.exchange[0],
                    number,
                    account,
                    one.currency,
                    one.customer.id,
                ),
                *(None, *matched(graph), None, None, one.name[2], None, "Currency exchange rate difference"),
                *("product", day, None, None, *sides(balance), money(balance), 0, 0, 0, 1, 0, 0, 0),
                *(number == 0, True, day, day),
            )

    def load_full(self, matching):
        table = Table(self.cursor, "account_full_reconcile", ("id", "create_date", "write_date"), self.same)
        for graph in {id(one.graph): one.graph for one in matching.partials}.values():
            if graph.full:
                day = iso(max(one.day for one in graph.parts))
                table.add(graph.full, day, day)
        table.flush()

    def load_partials(self, matching):
        table = Table(self.cursor, "account_partial_reconcile", PARTIAL, self.same)
        for one in matching.partials:
            day, amount = iso(one.day), money(one.amount)
            table.add(
                *(
                    one.id,
                    one.debit,
                    one.credit,
                    one.graph.full,
                    one.exchange,
                    one.currency,
                    one.currency,
                    day,
                ),
                *(money(one.home), amount, amount, day, day),
            )
        table.flush()
        return table.total
