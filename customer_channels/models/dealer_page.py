import math

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..exceptions import DealerPageError

# How a value is shown, by the type of its field: the host's own formats.
FORMATS = (
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "selection",
    "text",
)
RIGHT = ("float", "integer", "monetary")


class CustomerDealerPage(models.AbstractModel):
    """A page of the dealer portal: a list of a dealer's own records, and each of them.

    A page is an abstract model of its own that inherits this one. It says what it is called in the address
    (``_page_code``), which model it shows, which fields in the list and which in the detail, and whose the
    records are (``_domain``). The controller finds, sorts, pages and shows them for any page; it never reads a
    record past the domain, whatever id or order a visitor sends. With ``_page_inputs`` a dealer makes records, with
    ``_steps`` it answers to one.
    """

    _name = "customer.dealer.page"
    _description = "Page of the Dealer Portal"

    _page_code = None
    _page_model = None
    _page_icon = "fa-file-text-o"
    _page_sequence = 50
    _page_columns = ()
    _page_detail = ()
    _page_order = "id desc"
    _page_inputs = ()

    # What a page says

    def _title(self):
        """Hook: return the name of the page."""
        return self._records()._description

    def _hint(self):
        """Hook: return in a sentence what is found there."""
        return ""

    def _domain(self, dealer):
        """Hook: return the filter of what belongs to a dealer; nothing else is ever shown on the page."""
        return [("dealer_id", "=", dealer.id)]

    def _summary(self, dealer):
        """Hook: return a sentence above the list."""
        return ""

    def _row_class(self, record):
        """Hook: return a class for the line of a record, such as ``text-danger``."""
        return ""

    def _url(self, record):
        """Hook: return the address of a record, False when it has no page of its own."""
        return f"/my/dealer/{self._page_code}/{record.id}" if self._page_detail else False

    def _files(self, record):
        """Hook: return the attachments of a record that its dealer may fetch."""
        return self.env["ir.attachment"]

    def _choices(self, dealer, name):
        """Hook: return the records that a dealer may choose for a many2one of the inputs."""
        return self._records().env[self._records()._fields[name].comodel_name].browse()

    def _make(self, dealer, values):
        """Hook: make a record of what a dealer entered, as the system, and return it."""
        return self._records().create({**values, "dealer_id": dealer.id})

    def _steps(self, record):
        """Hook: return what a dealer can do with a record: ``[(code, label, names of the inputs)]``."""
        return []

    def _step(self, record, code, values):
        """Hook: carry out a step that ``_steps`` offers, as the system."""
        record.write(values)

    # What the controller asks

    @api.model
    def _pages(self):
        """Return all pages, in their order."""
        names = self.env.registry.descendants([self._name], "_inherit") - {self._name}
        pages = [self.env[name] for name in names if self.env[name]._page_code]
        return sorted(pages, key=lambda page: (page._page_sequence, page._page_code))

    @api.model
    def _page(self, code):
        """Return the page of an address, or None."""
        return next((page for page in self._pages() if page._page_code == code), None)

    def _records(self):
        """Return the model that is shown, as the system; only ever searched with the domain of a dealer."""
        return self.env[self._page_model].sudo()

    def _found(self, dealer):
        """Return the filter of a dealer's records."""
        return Domain(self._domain(dealer))

    def _count(self, dealer):
        """Return how many records a dealer has."""
        return self._records().search_count(self._found(dealer))

    def _list(self, dealer, order=None, limit=None, offset=0):
        """Return a dealer's records in an order of ``_orders``."""
        return self._records().search(
            self._found(dealer), order=self._orders().get(order, self._page_order), limit=limit, offset=offset
        )

    def _one(self, dealer, record_id):
        """Return one record of a dealer; empty when it is somebody else's or nobody's."""
        return self._records().search(self._found(dealer) & Domain("id", "=", record_id), limit=1)

    def _orders(self):
        """Return the orders that can be asked for: ``{key: SQL order}``; keys are columns and -columns."""
        orders = {}
        for name in self._page_columns:
            field = self._records()._fields[name]
            if field.store and field.type not in ("many2many", "one2many", "html", "text"):
                orders[name], orders[f"-{name}"] = f"{name}, id", f"{name} desc, id desc"
        return orders

    def _headings(self, names):
        """Return what stands above the columns: ``[(name, label, whether it is a number)]``."""
        found = self._records()._fields
        return [
            (name, found[name]._description_string(self.env), found[name].type in RIGHT) for name in names
        ]

    def _shown(self, record, name):
        """Return the value of a field as it is shown, in the visitor's language; "" without one."""
        field = record._fields[name]
        if field.type == "boolean":
            return self.env._("Yes") if record[name] else self.env._("No")
        if field.type not in ("integer", "float", "monetary") and not record[name]:
            return ""
        kind = field.type if field.type in FORMATS else "char"
        model = "ir.qweb.field" if kind == "char" else f"ir.qweb.field.{kind}"
        there = record.with_context(lang=self.env.lang, tz=self.env.tz)
        return self.env[model].sudo().record_to_html(there, name, {}) or ""

    # What a dealer enters

    def _ask(self, dealer, names):
        """Return the inputs of a form: name, label, kind, choices and whether it has to be filled."""
        records = self._records()
        return [
            {
                "name": name,
                "label": records._fields[name]._description_string(self.env),
                "help": records._fields[name]._description_help(self.env),
                "kind": records._fields[name].type,
                "required": records._fields[name].required,
                "choices": self._options(dealer, records._fields[name]),
            }
            for name in names
        ]

    def _options(self, dealer, field):
        if field.type == "selection":
            return field._description_selection(self.env)
        if field.type == "many2one":
            return [(one.id, one.display_name) for one in self._choices(dealer, field.name).sudo()]
        return []

    def _read(self, dealer, names, posted):
        """Return the values that a dealer entered, of these fields only.

        :param posted: what the browser sent, texts by name
        :raises DealerPageError: when something is missing or is not what the field takes
        """
        values = {}
        for ask in self._ask(dealer, names):
            # A zero byte is nothing that a database takes.
            text = (posted.get(ask["name"]) or "").replace("\x00", "").strip()
            if not text and ask["required"]:
                raise DealerPageError(self.env._("Please fill in “%s”.", ask["label"]))
            values[ask["name"]] = self._value(ask, text) if text else False
        return values

    def _value(self, ask, text):
        field = self._records()._fields[ask["name"]]
        try:
            if ask["kind"] in ("integer", "many2one"):
                value = int(text)
            elif ask["kind"] in ("float", "monetary"):
                value = float(text)
            else:
                value = field.convert_to_cache(text, self._records().new(), validate=True)
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(text)
        except (ValueError, TypeError) as error:
            raise DealerPageError(
                self.env._("“%(text)s” is not valid for “%(field)s”.", text=text, field=ask["label"])
            ) from error
        if ask["choices"] and value not in dict(ask["choices"]):
            raise DealerPageError(self.env._("Choose one of the list for “%s”.", ask["label"]))
        if ask["kind"] == "many2one" and not ask["choices"]:
            raise DealerPageError(self.env._("Choose one of the list for “%s”.", ask["label"]))
        return value

    def _try(self, step):
        """Run a step of a dealer: all of it or nothing.

        :return: (what it returned, None), or (None, what is wrong, in words)
        """
        try:
            with self.env.cr.savepoint():
                return step(), None
        except UserError as error:
            return None, str(error)
