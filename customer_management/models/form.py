import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

CHAPTERS = [
    ("1", "1 Customer Information"),
    ("2", "2 Customer Grading"),
    ("3", "3 Customer Relations"),
    ("4", "4 Customer Credit"),
    ("5", "5 Customer Channels"),
    ("6", "6 Collection and Delivery"),
    ("7", "7 Customer Development"),
    ("8", "8 Customer Service"),
    ("supplement", "Supplements"),
]
# The letters of each chapter in the number of a form, GL (management) before all of them.
LETTERS = {
    "1": "IN",
    "2": "GR",
    "3": "RM",
    "4": "CR",
    "5": "CH",
    "6": "CO",
    "7": "DE",
    "8": "SE",
    "supplement": "SU",
}
CODE = re.compile(r"([1-8])\.(\d{1,3})|([A-Z])(\d{1,3})")


class CustomerForm(models.Model):
    """One form of the catalogue: what it opens, who sees it, and what stands on its print.

    An addon brings its forms as data, a few lines each: the code, the name, the kind and an action.
    Chapter, number and groups follow from these and can be changed.
    """

    _name = "customer.form"
    _description = "Form"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "number", "any_name"]

    code = fields.Char(required=True, copy=False, help="Chapter and place in the handbook, such as 2.9.")
    name = fields.Char(required=True, translate=True)
    any_name = fields.Char(
        string="Name in Any Language", compute="_compute_any_name", search="_search_any_name"
    )
    number = fields.Char(
        string="Form Number",
        compute="_compute_number",
        store=True,
        readonly=False,
        precompute=True,
        help="Printed on the form, such as GL-GR-09.",
    )
    chapter = fields.Selection(
        CHAPTERS,
        compute="_compute_chapter",
        store=True,
        precompute=True,
    )
    sequence = fields.Integer(compute="_compute_chapter", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("register", "Register"),
            ("matrix", "Matrix"),
            ("card", "Card"),
            ("assessment", "Assessment"),
            ("plan", "Plan"),
            ("request", "Request"),
            ("policy", "Policy"),
            ("guide", "Guide"),
            ("contract", "Contract"),
            ("letter", "Letter"),
            ("slip", "Slip"),
            ("diagram", "Diagram"),
            ("alert", "Alert"),
            ("check", "Check"),
        ],
        required=True,
        default="register",
    )
    description = fields.Text(translate=True)
    addon = fields.Char(compute="_compute_addon", help="The addon that brought the form.")
    active = fields.Boolean(default=True)
    action_id = fields.Many2one(
        "ir.actions.actions",
        string="Opens",
        domain=[("type", "in", ("ir.actions.act_window", "ir.actions.server", "ir.actions.client"))],
        ondelete="cascade",
        index="btree_not_null",
        help="What opens: a window, or a server action that returns one.",
    )
    window_id = fields.Many2one(
        "ir.actions.act_window",
        compute="_compute_window_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The window whose list or pivot is printed; of a server action, the one that it opens.",
    )
    report_id = fields.Many2one(
        "ir.actions.report",
        string="Print",
        ondelete="cascade",
        index="btree_not_null",
        help="Of a card, slip or letter: what is printed, one page or more for each record.",
    )
    res_model = fields.Char(string="Model", compute="_compute_res_model")
    partner_field = fields.Char(
        string="Customer Field",
        help="Path from the records to their customer, such as partner_id or run_id.partner_id: the form then opens "
        "from a customer, with what belongs to it.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Seen By",
        compute="_compute_group_ids",
        store=True,
        readonly=False,
        help="Empty: everybody. At first those who may read what the form shows.",
    )
    signatures = fields.Text(translate=True, help="What is signed below the table, one line each.")
    note = fields.Text(translate=True, string="Note at the Foot")
    orientation = fields.Selection(
        [("portrait", "Portrait"), ("landscape", "Landscape")], help="Empty: by the width of the table."
    )
    print_limit = fields.Integer(
        string="Most Lines on Paper", default=2000, help="Longer tables are exported to XLSX instead."
    )
    can_print = fields.Boolean(compute="_compute_can", help="As PDF.")
    can_export = fields.Boolean(compute="_compute_can", help="As XLSX.")

    _code_unique = models.Constraint("UNIQUE(code)", "There is a form with this code already.")
    _print_limit_positive = models.Constraint("CHECK(print_limit > 0)", "A print needs at least one line.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for form in self:
            form.display_name = f"{form.code or ''} {form.name or ''}".strip()

    @api.depends("name")
    def _compute_any_name(self):
        for form in self:
            form.any_name = form.name

    def _search_any_name(self, operator, value):
        """Find a form by its name in whatever language, as people remember the one of their handbook."""
        if operator not in ("ilike", "=ilike") or not isinstance(value, str):
            return NotImplemented
        like = f"%{escape_psql(value)}%" if operator == "ilike" else value
        return fields.Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXISTS (SELECT FROM jsonb_each_text(%s) AS said(lang, words) WHERE said.words ILIKE %s)",
                SQL.identifier(alias, "name"),
                like,
            )
        )

    @api.depends("code")
    def _compute_chapter(self):
        for form in self:
            chapter, place, letter, rest = self._parts(form.code)
            form.chapter = chapter or "supplement"
            form.sequence = int(chapter) * 1000 + int(place) if chapter else (ord(letter) * 1000 + int(rest))

    @api.depends("code")
    def _compute_number(self):
        for form in self:
            chapter, place, letter, rest = self._parts(form.code)
            own = f"{int(place):02}" if chapter else f"{letter}{int(rest)}"
            form.number = f"GL-{LETTERS[chapter or 'supplement']}-{own}"

    @api.model
    def _parts(self, code):
        """Return chapter and place of a code such as 2.9, or letter and place of one such as A11."""
        found = CODE.fullmatch(code or "")
        return found.groups() if found else (None, None, "Z", "999")

    def _compute_addon(self):
        names = self.sudo()._get_external_ids()
        for form in self:
            form.addon = next((name.split(".")[0] for name in names.get(form.id, ())), False)

    @api.depends("action_id")
    def _compute_window_id(self):
        for form in self:
            is_window = form.action_id.sudo().type == "ir.actions.act_window"
            form.window_id = form.action_id.id if is_window else form.window_id

    @api.depends("window_id", "report_id")
    def _compute_res_model(self):
        for form in self:
            form.res_model = form._shown_model()

    def _shown_model(self):
        """Return the name of the model that the form shows, or False.

        Not ``res_model``: while its window is worked out anew, that field has no value yet.
        """
        return self.window_id.sudo().res_model or self.report_id.sudo().model

    @api.depends("window_id", "report_id")
    def _compute_group_ids(self):
        """Show a form at first to those who may read its records."""
        access = self.env["ir.model.access"].sudo()
        for form in self:
            domain = [("model_id.model", "=", form.res_model), ("perm_read", "=", True)]
            rows = access.search(domain) if form.res_model else access
            form.group_ids = rows.group_id if rows and all(row.group_id for row in rows) else False

    @api.depends("window_id", "report_id")
    def _compute_can(self):
        for form in self:
            views = (form.window_id.sudo().view_mode or "").split(",")
            form.can_export = bool({"list", "pivot"} & set(views))
            form.can_print = form.can_export or bool(form.report_id)

    @api.constrains("code")
    def _check_code(self):
        for form in self:
            if not CODE.fullmatch(form.code):
                raise ValidationError(
                    self.env._(
                        "“%s” is not the code of a form: write the chapter and the place, such as 2.9, or a letter and "
                        "a place, such as A11.",
                        form.code,
                    )
                )

    @api.constrains("partner_field", "window_id", "report_id")
    def _check_partner_field(self):
        for form in self.filtered("partner_field"):
            if not form._leads_to_partner():
                raise ValidationError(
                    self.env._(
                        "“%(path)s” does not lead from %(model)s to a customer.",
                        path=form.partner_field,
                        model=form._shown_model() or self.env._("nothing"),
                    )
                )

    def _leads_to_partner(self):
        """Return whether the path leads from the form's records to a contact."""
        model = self.env.get(self._shown_model())
        for name in self.partner_field.split("."):
            field = model._fields.get(name) if model is not None else None
            if field is None or not (field.relational or name == "id"):
                return False
            model = model if name == "id" else self.env[field.comodel_name]
        return model._name == "res.partner"
