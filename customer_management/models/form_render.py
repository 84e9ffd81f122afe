import io

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.pdf import PdfReader

from ..exceptions import FormOpenError, FormTooLargeError
from ..tools import print_font
from ..tools.form_ask import VIEWS, Ask
from ..tools.form_columns import evaluate
from ..tools.form_list import ListTable
from ..tools.form_pivot import PivotTable
from ..tools.form_search import search_start, view_settings
from ..tools.sheet import Sheet
from ..tools.sheet_pages import SCALES, Layout
from ..tools.sheet_text import head_text, print_lines
from ..tools.sheet_xlsx import MOST_ROWS, write_workbook

TABLES = {"list": ListTable, "pivot": PivotTable}
# Lines that a sheet has besides its rows: title, filters, groups, totals, signatures.
SPARE_ROWS = 200


class CustomerForm(models.Model):
    """How a form is printed: any list or pivot, as XLSX or PDF, with the rights of who prints."""

    _inherit = "customer.form"

    def _render(
        self, file_format, domain=None, context=None, group_by=None, order=None, view_type=None, **shown
    ):
        """Return the form as a file, with what the user may see of it.

        Without a filter it is printed as it opens: with the filters and groups that its window starts with.

        :param str file_format: xlsx or pdf
        :param list domain: the whole filter, that of the window included; None for the one it opens with
        :param dict context: of the window
        :param list group_by: fields, the outermost first; in a pivot its rows
        :param str order: of the rows
        :param str view_type: list or pivot; None for the first of the window
        :param shown: the other parts of :class:`Ask`
        :return: (content, file name)
        :rtype: tuple[bytes, str]
        :raises FormFilterError: when the filter or the groups do not fit the form
        :raises FormTooLargeError: when there are more rows than the file takes
        """
        self.ensure_one()
        self.check_access("read")
        if file_format not in ("xlsx", "pdf"):
            raise FormOpenError(self.env._("A form is printed as xlsx or pdf, not as “%s”.", file_format))
        ask = self._ask(
            domain=domain, context=context, group_by=group_by, order=order, view_type=view_type, **shown
        )
        if file_format == "pdf" and self.report_id and not (ask.view_type or self.can_export):
            return self._render_card(self._card_start() if domain is None else ask.domain)
        if not self.can_export:
            raise FormOpenError(
                self.env._("“%s” is no table: it cannot be printed as one.", self.display_name)
            )
        sheet = self._sheet(ask, domain is None, file_format)
        name = f"{self.number} {sheet.title} {fields.Date.context_today(self)}".replace("/", "-")
        if file_format == "xlsx":
            return write_workbook(self.env, [sheet]), f"{name}.xlsx"
        return self._print_sheet(sheet), f"{name}.pdf"

    @api.model
    def _ask(self, **asked):
        """Return what was asked for, checked; see :class:`Ask` for its parts."""
        return Ask.parse(self.env, asked)

    def _sheet(self, ask, as_opened, file_format):
        """Return the sheet of what was asked for; ``as_opened`` fills in what the window starts with."""
        window = (
            self._window(self._context_partner()) if as_opened else self.window_id.sudo()._get_action_dict()
        )
        if as_opened:
            ask.context = {**window["context"], **ask.context}
        env = self.env(context={**self.env.context, **ask.context, "lang": self.env.lang})
        model = env[window["res_model"]]
        model.check_access("read")
        views = {kind: view for view, kind in reversed(window["views"])}
        ask.view_type = ask.view_type or next(kind for _view, kind in window["views"] if kind in VIEWS)
        arch = model.get_view(views.get(ask.view_type) or None, ask.view_type)["arch"]
        if as_opened:
            self._start(ask, model, window)
        self._take_settings(ask, arch)
        ask.check(model)
        table = TABLES[ask.view_type](model, arch, ask)
        self._check_size(table.count(), file_format)
        return self._fill_sheet(table, ask)

    def _start(self, ask, model, window):
        """Fill in the filter, the groups and their words that the window opens with."""
        search = (window.get("search_view_id") or [False])[0]
        domain, groups, words = search_start(model, search)
        ask.domain = list(Domain(window["domain"]) & domain)
        ask.group_by = ask.group_by or groups or None
        ask.filters = ask.filters or words
        ask.title = ask.title or window["display_name"] or ""

    def _take_settings(self, ask, arch):
        """Take order and groups from the view where nobody asked for others."""
        order, groups = view_settings(arch, ask.view_type)
        if ask.view_type == "list":
            ask.order = ask.order or order
            ask.group_by = ask.group_by or groups
        elif order and ask.sort is None:
            words = order.split()
            ask.sort = {"measure": words[0], "order": words[1] if len(words) > 1 else "asc"}

    def _check_size(self, count, file_format):
        """:raises FormTooLargeError: when there are more rows than the file takes"""
        if file_format == "pdf" and count > self.print_limit:
            raise FormTooLargeError(
                self.env._(
                    "“%(form)s” has %(count)s lines; a print takes up to %(most)s. Export it to XLSX, or filter first.",
                    form=self.display_name,
                    count=count,
                    most=self.print_limit,
                )
            )
        if count > MOST_ROWS - SPARE_ROWS:
            raise FormTooLargeError(
                self.env._(
                    "“%(form)s” has %(count)s lines; a sheet takes up to %(most)s. Filter first.",
                    form=self.display_name,
                    count=count,
                    most=MOST_ROWS - SPARE_ROWS,
                )
            )

    def _fill_sheet(self, table, ask):
        """Return the table with the title, the lines above it and what is signed below it."""
        form = self.with_env(table.env)
        return Sheet(
            f"{form.code} {form.name}",
            form.name,
            table.columns,
            table.rows(),
            form._sheet_head(table, ask),
            number=form.number or "",
            company=", ".join(form.env.companies.mapped("name")),
            signatures=[line.strip() for line in (form.signatures or "").splitlines() if line.strip()],
            note=form.note or "",
            landscape={"landscape": True, "portrait": False}.get(form.orientation),
        )

    def _sheet_head(self, table, ask):
        """Return the lines above a table: what it shows, filtered how, printed when and by whom.

        An addon adds lines of its own.
        """
        env = self.env
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        head = []
        if ask.title and ask.title != self.name:
            head.append((env._("Shows"), ask.title))
        if ask.filters:
            head.append((env._("Filters"), "; ".join(ask.filters)))
        if ask.view_type == "pivot":
            head.append((env._("Figures"), ", ".join(table.measure_label(name) for name in table.measures)))
        printed = env._("%(time)s by %(user)s", time=now.strftime("%Y-%m-%d %H:%M"), user=env.user.name)
        return [*head, (env._("Printed"), printed)]

    @api.model
    def _print_sheet(self, sheet):
        """Return a sheet as PDF, with the headings and its number on each page."""
        lines = list(print_lines(self.env, sheet))
        report = self.env["ir.actions.report"]
        for scale in SCALES:
            layout = Layout(sheet, lines, scale)
            values = {
                "layout": layout,
                "font": print_font(self.env),
                "head_text": lambda value: head_text(self.env, value),
            }
            content, kind = report._render_qweb_pdf("customer_management.form_action_print", data=values)
            if kind != "pdf" or len(PdfReader(io.BytesIO(content)).pages) == len(layout.pages):
                break
        return content

    def _card_records(self, domain):
        """Return the records that a card is printed for."""
        report = self.report_id.sudo()
        self._check_groups(report)
        records = self.env[report.model].search(domain, limit=self.print_limit + 1)
        self._check_size(len(records), "pdf")
        return records

    def _card_start(self):
        """Return the filter that the window of a card opens with; without such a window, none."""
        window = self.window_id.sudo()
        if window.res_model != self.report_id.sudo().model:
            return []
        return list(Domain(evaluate(self.env, window.domain or "[]")))

    def _render_card(self, domain):
        """Return the cards of all records of a filter as one PDF."""
        partner = self._context_partner()
        records = self._card_records([*domain, *self._of_partner(partner)] if partner else domain)
        if not records:
            raise FormOpenError(self.env._("There is nothing to print on “%s”.", self.display_name))
        report = self.env["ir.actions.report"]
        content, _kind = report._render_qweb_pdf(self.report_id.sudo().report_name, res_ids=records.ids)
        return content, f"{self.number} {self.name}.pdf".replace("/", "-")
