"""Customers: how many documents each has, where it lives and when it pays."""

from .settings import iso
from .tables import Table

CITIES = "北京 上海 深圳 广州 杭州 苏州 南京 成都 武汉 重庆".split()
CITIES += "天津 青岛 宁波 厦门 无锡 佛山 东莞 合肥 长沙 郑州".split()
BRANDS = "华 盛 鑫 宏 达 泰 瑞 恒 远 联 创 新 金 东 方 海 天 正 中 信 德 利 通 广 安 源 美 科 博 佳".split()
TRADES = "贸易 电子 机械 科技 五金 食品 纺织 建材 化工 医疗 物流 服饰 家具 包装 仪器 塑胶".split()
NAMES = "Acme Nordic Global Pacific Alpine Delta Omega Prime".split()
LINES = "Trading Supplies Industries Components Foods".split()
GIVEN = (
    "id",
    "name",
    "complete_name",
    "commercial_company_name",
    "commercial_partner_id",
    "parent_id",
    "type",
    "is_company",
    "ref",
    "country_id",
    "customer_rank",
    "user_id",
    "property_payment_term_id",
    "credit_limit",
    "create_date",
    "write_date",
)
SAME = {"active": True, "lang": "en_US", "color": 0, "partner_share": True, "autopost_bills": "ask"}
SAME |= {"message_bounce": 0, "employee": False, "create_uid": 1, "write_uid": 1, "supplier_rank": 0}


class Customer:
    """A commercial partner, perhaps with a contact that its invoices go to."""

    __slots__ = (
        "id",
        "child",
        "name",
        "ref",
        "foreign",
        "days",
        "term",
        "delay",
        "scale",
        "count",
        "user",
        "limit",
        "special",
    )


def counts(settings, rnd):
    """Return how many documents each customer has: the special ones first, the others Zipf-like."""
    special = [min(whale, max(10, settings.invoices // 20)) for whale in settings.whales]
    others = settings.customers - len(special)
    weights = [1 / (rank + 10) ** 0.8 for rank in range(int(others * 0.97))]
    total, left = sum(weights), settings.invoices - sum(special)
    if others < 20 or left < settings.invoices * 0.4:
        raise SystemExit("too few customers or invoices for a ledger with its special customers")
    found = [int(weight / total * left) for weight in weights]
    for _rest in range(left - sum(found)):
        found[rnd.randrange(len(found))] += 1
    # A few customers never bought.
    found += [0] * (others - len(found))
    rnd.shuffle(found)
    return special + found


def make(settings, world, rnd, ids):
    """Return the customers."""
    special = len(settings.whales)
    return [
        customer(settings, world, rnd, ids, number, count, number < special)
        for number, count in enumerate(counts(settings, rnd))
    ]


def customer(settings, world, rnd, ids, number, count, special):
    """Return one customer."""
    one = Customer()
    one.id = ids.take()
    one.child = ids.take() if not special and rnd.random() < 0.15 else None
    one.count, one.special = count, special
    one.ref = f"PERF-W{settings.whales[number]}" if special else f"PERF{number:06d}"
    one.foreign = not special and rnd.random() < 0.055
    one.name = name(one, number, rnd)
    one.days, one.term, _weight = rnd.choices(world.terms, [term[2] for term in world.terms])[0]
    one.delay = rnd.gauss(8, 12)
    one.scale = rnd.lognormvariate(7.6, 0.9)
    one.user = rnd.choice(world.users)
    one.limit = None
    if rnd.random() < 0.6 or special:
        one.limit = max(5000, round(one.scale * max(count, 4) / settings.months * rnd.uniform(2, 7), -3))
    return one


def name(one, number, rnd):
    if one.foreign:
        return f"{rnd.choice(NAMES)} {rnd.choice(LINES)} {number}"
    return f"{rnd.choice(CITIES)}{rnd.choice(BRANDS)}{rnd.choice(BRANDS)}{rnd.choice(TRADES)}有限公司"


def load(cursor, settings, world, rnd, customers):
    """Write the customers and their contacts, and return how many rows that is."""
    table = Table(cursor, "res_partner", GIVEN, SAME, world.defaults.get("res_partner"))
    for one in customers:
        term = f'{{"{world.company}": {one.term}}}' if one.term else None
        limit = f'{{"{world.company}": {one.limit:.1f}}}' if one.limit else None
        country = world.countries[1 if one.foreign else 0]
        day = iso(settings.first - rnd.randrange(300))
        last = (one.user, term, limit, day, day)
        own = (one.name, one.name, one.name, one.id, None, "contact", True, one.ref, country, one.count)
        table.add(one.id, *own, *last)
        if one.child:
            label = f"{one.name}, AP dept"
            contact = ("AP dept", label, one.name, one.id, one.id, "invoice", False, None, country, 0)
            table.add(one.child, *contact, *last)
    table.flush()
    return table.total
