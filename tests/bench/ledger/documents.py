"""Invoices, credit notes and payments as they are planned, in cents; nothing is matched yet."""

from .settings import half_up, month


class Document:
    """An invoice (``kind`` I) or a credit note (R).

    ``left`` is what is open; ``home`` and ``left_home`` are in the company's currency.
    """

    __slots__ = (
        "customer",
        "partner",
        "kind",
        "day",
        "due",
        "currency",
        "lines",
        "amount",
        "home",
        "home_lines",
        "left",
        "left_home",
        "id",
        "name",
        "first_line",
        "line",
        "graph",
        "state",
        "reverses",
    )


class Payment:
    """A customer's payment; ``parts`` holds (document, amount, whether that settles it)."""

    __slots__ = (
        "customer",
        "day",
        "currency",
        "amount",
        "home",
        "parts",
        "id",
        "move",
        "line",
        "name",
        "graph",
        "left",
        "left_home",
        "memo",
    )


def payment(customer, day, currency, parts, amount=None):
    """Return a payment of the parts, or one on account of a given amount."""
    one = Payment()
    one.customer, one.day, one.currency, one.parts = customer, day, currency, parts
    one.amount = amount or sum(part[1] for part in parts)
    return one


class Plan:
    """What happened to all customers, in the order in which it happened."""

    def __init__(self, settings, world, rnd):
        self.settings, self.world, self.rnd = settings, world, rnd
        self.documents, self.payments = [], []
        # (day, invoice, credit note)
        self.credits = []

    def make(self, customers):
        """Plan everything."""
        buyers = [one for one in customers if one.count]
        for one in buyers:
            self.plan_customer(one)
        self.plan_on_account(buyers)
        for document in self.documents:
            # Credit notes reserved their share while planning; the matching takes it off in its turn.
            document.left, document.left_home = document.amount, document.home
        self.documents.sort(key=lambda one: one.day)
        self.payments.sort(key=lambda one: one.day)
        return self

    def plan_customer(self, customer):
        """Plan one customer's documents and what was paid of them."""
        rnd, first, last = self.rnd, self.settings.first, self.settings.last
        days = sorted(
            first + int((last - first) * (1 - (1 - rnd.random()) ** 0.95)) for _n in range(customer.count)
        )
        batches, unpaid = {}, []
        for number, day in enumerate(days):
            document = self.document(customer, day, number, unpaid)
            self.documents.append(document)
            if document.kind == "R":
                self.reserve(document)
                continue
            # The customers that are looked at alone always owe an old invoice.
            document.state = "open" if customer.special and number == 2 else self.fate(document)
            if document.state == "open":
                unpaid.append(document)
            else:
                self.pay(document, batches)
        for group in batches.values():
            parts = [(document, document.amount, True) for _day, document in group]
            day = max(day for day, _document in group)
            self.payments.append(payment(customer, day, self.world.currency, parts))

    def document(self, customer, day, number, unpaid):
        """Return one document; a credit note mostly takes back a part of an unpaid invoice."""
        rnd, world = self.rnd, self.world
        one = Document()
        one.customer, one.day, one.due = customer, day, day + customer.days
        one.graph = one.reverses = None
        one.partner = customer.child if customer.child and rnd.random() < 0.7 else customer.id
        one.currency = (
            world.foreign if rnd.random() < (0.85 if customer.foreign else 0.003) else world.currency
        )
        one.kind = "R" if rnd.random() < 0.02 and number else "I"
        total = max(200, int(customer.scale * rnd.lognormvariate(0, 0.6) * 100))
        if one.kind == "R":
            one.currency = world.currency
            one.reverses = self.reversible(unpaid)
            left = one.reverses and one.reverses.left
            total = max(100, int(left * rnd.uniform(0.1, 0.5))) if left else max(200, total // 4)
        elif one.currency == world.foreign:
            total = max(200, int(total * 0.14))
        self.fill(one, total)
        return one

    def reversible(self, unpaid):
        """Return an unpaid invoice in the company's currency, mostly."""
        if not unpaid or self.rnd.random() >= 0.75:
            return None
        one = self.rnd.choice(unpaid)
        return one if one.currency == self.world.currency and one.left >= 1000 else None

    def fill(self, document, total):
        """Split a document over two lines and work out its amounts."""
        rnd, share = self.rnd, self.rnd.uniform(0.3, 0.7)
        document.lines = []
        for part in (share, 1 - share):
            product, quantity = rnd.choice(self.world.products), rnd.randint(1, 12)
            document.lines.append((product, quantity, max(1, int(total * part / quantity))))
        amounts = [quantity * price for _product, quantity, price in document.lines]
        rate = 1 if document.currency == self.world.currency else self.world.rate(document.day)
        document.home_lines = amounts if rate == 1 else [half_up(amount / rate) for amount in amounts]
        document.amount, document.home = sum(amounts), sum(document.home_lines)
        document.left, document.left_home = document.amount, document.home

    def reserve(self, credit):
        """Keep room on the invoice that a credit note takes from."""
        credit.state = "open"
        invoice = credit.reverses
        if invoice and credit.amount < invoice.left:
            invoice.left -= credit.amount
            self.credits.append((credit.day, invoice, credit))
        else:
            credit.reverses = None

    def fate(self, document):
        """Return whether an invoice is open, partly paid or paid: the open ones are mostly recent."""
        age = self.settings.last - document.day
        is_open, partly = (0.75, 0.10) if age < 90 else (0.30, 0.15) if age < 365 else (0.085, 0.08)
        draw = self.rnd.random()
        if draw < is_open or age < 2:
            return "open"
        return "partial" if draw < is_open + partly else "paid"

    def pay(self, document, batches):
        """Plan what was paid: a part, all in one, all in two, or together with others."""
        rnd, customer, currency = self.rnd, document.customer, document.currency
        if document.state == "partial":
            amount = max(1, int(document.amount * rnd.uniform(0.2, 0.8)))
            self.payments.append(
                payment(customer, self.pay_day(document), currency, [(document, amount, False)])
            )
            return
        draw = rnd.random()
        if draw < 0.10 and currency == self.world.currency:
            day = self.pay_day(document)
            batches.setdefault(month(day), []).append((day, document))
        elif draw < 0.22 and document.amount > 100:
            days = sorted((self.pay_day(document, -5), self.pay_day(document, 10)))
            first = max(1, int(document.amount * rnd.uniform(0.3, 0.7)))
            self.payments.append(payment(customer, days[0], currency, [(document, first, False)]))
            rest = [(document, document.amount - first, True)]
            self.payments.append(payment(customer, days[1], currency, rest))
        else:
            parts = [(document, document.amount, True)]
            self.payments.append(payment(customer, self.pay_day(document), currency, parts))

    def pay_day(self, document, extra=0):
        """Return when a customer pays: around its usual delay, after the invoice and not in the future."""
        rnd, last = self.rnd, self.settings.last
        day = max(document.due + int(rnd.gauss(document.customer.delay + extra, 12)), document.day + 1)
        return day if day <= last else document.day + 1 + int(rnd.random() * (last - document.day - 1))

    def plan_on_account(self, buyers):
        """Plan payments that belong to no invoice: one in a hundred."""
        rnd, first, last = self.rnd, self.settings.first, self.settings.last
        for _number in range(len(self.payments) // 100):
            day = first + 30 + rnd.randrange(last - first - 30)
            amount = max(1000, int(rnd.lognormvariate(7, 1) * 100))
            self.payments.append(payment(rnd.choice(buyers), day, self.world.currency, [], amount))
