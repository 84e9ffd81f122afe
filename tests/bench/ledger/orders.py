"""Sale orders: most are invoiced, some wait for it, some are quotations or cancelled."""

from .settings import iso, money
from .tables import Table

ORDER = (
    "id",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "payment_term_id",
    "user_id",
    "name",
    "state",
    "invoice_status",
    "amount_untaxed",
    "amount_total",
    "date_order",
    "create_date",
    "write_date",
)
LINE = (
    "id",
    "order_id",
    "order_partner_id",
    "salesman_id",
    "product_id",
    "state",
    "invoice_status",
    "name",
    "product_uom_qty",
    "price_unit",
    "technical_price_unit",
    "price_subtotal",
    "price_total",
    "price_reduce_taxexcl",
    "price_reduce_taxinc",
    "qty_invoiced",
    "qty_to_invoice",
    "untaxed_amount_invoiced",
    "untaxed_amount_to_invoice",
    "purchase_price",
    "margin",
    "margin_percent",
    "create_date",
    "write_date",
)
SAME_ORDER = {"currency_rate": 1, "amount_tax": 0, "locked": False, "require_signature": True}
SAME_ORDER |= {"require_payment": False, "prepayment_percent": 1.0, "picking_policy": "direct"}
SAME_LINE = {
    "sequence": 10,
    "qty_delivered_method": "manual",
    "qty_delivered": 0,
    "discount": 0,
    "price_tax": 0,
}
SAME_LINE |= {
    "customer_lead": 0,
    "is_optional": False,
    "collapse_prices": False,
    "collapse_composition": False,
}
SHARES = (("waiting", 0.10), ("draft", 0.10), ("sent", 0.05), ("cancel", 0.05))
STATUS = {"invoiced": "invoiced", "waiting": "to invoice"}


def plan(settings, world, rnd, documents, customers):
    """Return orders as (day, fate, invoice or None, customer), in the order of their days."""
    wanted = settings.invoices // 4
    sold = [one for one in documents if one.kind == "I" and one.currency == world.currency]
    invoiced = rnd.sample(sold, min(int(wanted * 0.70), len(sold)))
    early = settings.first - 30
    orders = [(max(early, one.day - rnd.randrange(20)), "invoiced", one, one.customer) for one in invoiced]
    buyers = [one for one in customers if one.count]
    weights = [one.count + 2 for one in buyers]
    for fate, share in SHARES:
        for customer in rnd.choices(buyers, weights, k=int(wanted * share)):
            recent = settings.last - int(rnd.expovariate(1 / 45))
            any_day = settings.first + rnd.randrange(settings.last - settings.first)
            day = max(settings.first, recent if fate == "waiting" else any_day)
            orders.append((day, fate, None, customer))
    return sorted(orders, key=lambda order: order[0])


def load(cursor, world, rnd, ids, orders):
    """Write the orders; return how many orders and lines that is."""
    user = world.users[0]
    same = {"company_id": world.company, "currency_id": world.currency, "create_uid": user, "write_uid": user}
    heads = Table(cursor, "sale_order", ORDER, SAME_ORDER | same, world.defaults.get("sale_order"))
    same = SAME_LINE | same | {"product_uom_id": world.uom}
    lines = Table(cursor, "sale_order_line", LINE, same, world.defaults.get("sale_order_line"))
    links = Table(cursor, "sale_order_line_invoice_rel", ("invoice_line_id", "order_line_id"))
    planned = [(ids["sale_order"].take(), *order, content(world, rnd, order[2])) for order in orders]
    for order in planned:
        head(heads, *order)
    heads.flush()
    pairs = [pair for order in planned for pair in write_lines(lines, ids["sale_order_line"], *order)]
    lines.flush()
    for pair in pairs:
        links.add(*pair)
    links.flush()
    return heads.total, lines.total


def content(world, rnd, invoice):
    """Return what was ordered: the invoice's lines, or some products."""
    if invoice:
        return invoice.lines
    products = rnd.choices(world.products, k=rnd.randint(2, 4))
    return [(one, rnd.randint(1, 12), max(1, int(one[2] * rnd.uniform(0.8, 1.2)))) for one in products]


def head(table, number, day, fate, invoice, customer, lines):
    """Write one order."""
    total, day = money(sum(quantity * price for _product, quantity, price in lines)), iso(day)
    state = "sale" if fate in STATUS else fate
    to = invoice.partner if invoice else customer.child or customer.id
    table.add(
        *(number, customer.id, to, customer.id, customer.term, customer.user, f"SF{number:07d}"),
        *(state, STATUS.get(fate, "no"), total, total, f"{day} 08:00:00", day, day),
    )


def write_lines(table, ids, number, day, fate, invoice, customer, lines):
    """Write an order's lines and return which invoice line belongs to which."""
    day, state, pairs = iso(day), "sale" if fate in STATUS else fate, []
    for position, (product, quantity, price) in enumerate(lines):
        line, amount, each = ids.take(), money(quantity * price), money(price)
        # Every product costs 60 % of its price.
        cost = price * 60 // 100
        margin = (money(cost), money(quantity * (price - cost)), round(1 - cost / price, 6))
        done = (
            (quantity, 0, amount, 0)
            if invoice
            else (0, quantity, 0, amount)
            if fate == "waiting"
            else (0, 0, 0, 0)
        )
        table.add(
            *(
                line,
                number,
                customer.id,
                customer.user,
                product[0],
                state,
                STATUS.get(fate, "no"),
                product[1],
            ),
            *(quantity, each, each, amount, amount, each, each, *done, *margin, day, day),
        )
        if invoice:
            pairs.append((invoice.first_line + position, line))
    return pairs
