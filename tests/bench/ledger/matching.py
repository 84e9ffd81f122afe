"""Matching: which journal item settles which, with exchange differences as the host books them."""

from .settings import half_up, month, month_end


class Graph:
    """Journal items that are connected by partial reconciles."""

    __slots__ = ("parts", "full", "key")

    def __init__(self):
        self.parts, self.full, self.key = [], None, None


class Partial:
    """One partial reconcile."""

    __slots__ = ("id", "debit", "credit", "home", "amount", "currency", "day", "graph", "exchange")


class Exchange:
    """An exchange difference entry; ``loss`` is positive for a loss."""

    __slots__ = ("move", "line", "day", "name", "customer", "loss", "currency", "graph")


class Names:
    """Numbers as the host gives them: INV/2026/00001."""

    def __init__(self, cursor, journal, form, width):
        self.cursor, self.journal, self.form, self.width, self.last = cursor, journal, form, width, {}

    def __call__(self, day):
        """Return (prefix, number, name) of the next entry on a day."""
        prefix = self.form.format(year=month(day)[:4], month=month(day)[5:])
        if prefix not in self.last:
            self.cursor.execute(
                "SELECT coalesce(max(sequence_number), 0) FROM account_move "
                "WHERE journal_id = %s AND sequence_prefix = %s",
                (self.journal, prefix),
            )
            self.last[prefix] = self.cursor.fetchone()[0]
        self.last[prefix] += 1
        number = self.last[prefix]
        return prefix, number, f"{prefix}{number:0{self.width}d}"


class Matching:
    """Goes through payments and credit notes in the order of their dates."""

    def __init__(self, cursor, settings, world, ids):
        self.settings, self.world, self.ids = settings, world, ids
        self.partials, self.exchanges = [], []
        sales, banking, exchange = world.sales, world.banking, world.exchange
        self.invoice_name = Names(cursor, sales[0], sales[1] + "/{year}/", 5)
        self.credit_name = Names(cursor, sales[0], "R" + sales[1] + "/{year}/", 5)
        self.payment_name = Names(cursor, banking[0], "P" + banking[1] + "/{year}/", 5)
        self.exchange_name = Names(cursor, exchange[0], exchange[1] + "/{year}/{month}/", 4)

    def make(self, plan):
        """Number everything, match it, and say which graphs are settled in full."""
        self.number(plan)
        events = [(one.day, 1, number) for number, one in enumerate(plan.payments) if one.parts]
        events += [(credit[0], 0, number) for number, credit in enumerate(plan.credits)]
        for _day, kind, number in sorted(events):
            if kind:
                self.match_payment(plan.payments[number])
            else:
                self.match_credit(*plan.credits[number][1:])
        self.close(plan.documents)
        return self

    def number(self, plan):
        moves, lines = self.ids["account_move"], self.ids["account_move_line"]
        for one in plan.documents:
            one.id, one.first_line = moves.take(), lines.take(3)
            one.line = one.first_line + 2
            one.name = (self.invoice_name if one.kind == "I" else self.credit_name)(one.day)
        for one in plan.payments:
            one.id, one.move = self.ids["account_payment"].take(), moves.take()
            one.name, one.line = self.payment_name(one.day), lines.take(2) + 1
            home = one.currency == self.world.currency
            one.home = one.amount if home else half_up(one.amount / self.world.rate(one.day))
            one.left, one.left_home, one.graph = one.amount, one.home, None

    def add(self, graph, debit, credit, home, amount, currency, day, exchange=None):
        one = Partial()
        one.id = self.ids["account_partial_reconcile"].take()
        one.graph, one.debit, one.credit, one.home, one.amount = graph, debit, credit, home, amount
        one.currency, one.day, one.exchange = currency, day, exchange
        self.partials.append(one)
        graph.parts.append(one)

    def match_credit(self, invoice, credit):
        """Match a credit note with the invoice it takes from."""
        graph = invoice.graph = credit.graph = invoice.graph or Graph()
        day = max(invoice.day, credit.day)
        self.add(graph, invoice.line, credit.line, credit.amount, credit.amount, self.world.currency, day)
        invoice.left -= credit.amount
        invoice.left_home -= credit.amount
        credit.left = credit.left_home = 0

    def match_payment(self, payment):
        """Match a payment with its invoices."""
        payment.graph = (payment.parts[0][0].graph if len(payment.parts) == 1 else None) or Graph()
        for invoice, amount, settles in payment.parts:
            invoice.graph = payment.graph
            if invoice.currency == self.world.currency:
                home = amount
                day = max(invoice.day, payment.day)
                self.add(payment.graph, invoice.line, payment.line, home, amount, invoice.currency, day)
                payment.left_home -= home
            else:
                home = invoice.left_home if settles else half_up(amount / self.world.rate(invoice.day))
                self.match_foreign(payment, invoice, amount, home)
                payment.left_home = 0
            invoice.left, invoice.left_home = invoice.left - amount, invoice.left_home - home
            payment.left -= amount

    def match_foreign(self, payment, invoice, amount, home):
        """Match in a second currency: what the rates differ by is booked and matched as well."""
        graph, currency, paid = payment.graph, invoice.currency, payment.left_home
        exchange = self.exchange(payment, invoice, home - paid) if home != paid else None
        day = max(invoice.day, payment.day)
        number = exchange and exchange.move
        self.add(graph, invoice.line, payment.line, min(home, paid), amount, currency, day, number)
        if home > paid:
            day = max(invoice.day, exchange.day)
            self.add(graph, invoice.line, exchange.line, home - paid, 0, currency, day)
        elif home < paid:
            day = max(payment.day, exchange.day)
            self.add(graph, exchange.line, payment.line, paid - home, 0, currency, day)

    def exchange(self, payment, invoice, loss):
        """Return a difference entry at the end of the month, or today in the month that is not over."""
        one, last = Exchange(), self.settings.last
        past = month(payment.day) < month(last)
        one.day = month_end(payment.day) if past else max(payment.day, last)
        one.move, one.line = self.ids["account_move"].take(), self.ids["account_move_line"].take(2)
        one.name, one.customer, one.loss = self.exchange_name(one.day), invoice.customer, loss
        one.currency, one.graph = invoice.currency, payment.graph
        self.exchanges.append(one)
        return one

    def close(self, documents):
        """Give each graph its matching number: full when none of its invoices is open."""
        unsettled = {id(one.graph) for one in documents if one.graph and (one.left or one.left_home)}
        for graph in {id(one.graph): one.graph for one in self.partials}.values():
            if id(graph) in unsettled:
                graph.key = f"P{min(one.id for one in graph.parts)}"
            else:
                graph.full = self.ids["account_full_reconcile"].take()
                graph.key = str(graph.full)
