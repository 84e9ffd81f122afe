from odoo import fields, models
from odoo.tools import format_amount, format_date, format_datetime, html2plaintext, is_html_empty

from odoo.addons.customer_management.tools import print_font


class CustomerComplaint(models.Model):
    """What stands on the printed cards of a complaint: its record (B9), the report (8.9), the handling sheet (8.12).

    Each card is made of sections: (title, [(label, text), ...]). Other parts add theirs to ``_sheet_rows``.
    """

    _inherit = "customer.complaint"

    customer_response = fields.Text(
        "Response of the Customer",
        copy=False,
        help="How the customer took what we did: for the report (8.9).",
    )

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)

    def _sheet_rows(self):
        """Hook: return what is done for the customer and what it costs, for the cards: [(label, text), ...].

        Remedies, responsibility, actions and the like add their rows by ``super()`` and more.
        """
        self.ensure_one()
        rows = []
        cost = self._complaint_costs().get(self.id)
        if cost is not None:
            rows.append((self.env._("Cost"), format_amount(self.env, cost, self.company_currency_id)))
        disputes = self._disputes()
        if disputes:
            rows.append((self.env._("Disputes"), ", ".join(disputes.mapped("display_name"))))
        return rows

    def _label_of(self, name):
        """Return the label of what a selection field says."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name]) or ""

    def _day(self, moment):
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment)) if moment else ""

    def _moment(self, moment):
        return format_datetime(self.env, moment, dt_format="short") if moment else ""

    def _words(self, html):
        return "" if is_html_empty(html) else html2plaintext(html).strip()

    def _papers(self):
        """Return the evidence that is there, each with the form in which it came."""
        self.ensure_one()
        proofs = self.sudo().proof_ids.filtered("is_there")
        forms = dict(proofs._fields["form"]._description_selection(self.env))
        return [f"{proof.name} ({forms[proof.form]})" for proof in proofs]

    # Sections

    def _sheet_customer(self):
        complaint = self.sudo()
        return self.env._("Customer"), [
            (self.env._("Customer"), complaint.commercial_partner_id.name),
            (self.env._("Complaint By"), complaint.contact_name or complaint.partner_id.name),
            (self.env._("Contact Details"), self.contact),
            (self.env._("Received On"), f"{self._moment(self.date_received)}, {self._label_of('source')}"),
            (self.env._("Handled By"), complaint.user_id.name),
            (self.env._("Kind"), complaint.kind_id.with_env(self.env).sudo().name),
            (self.env._("Severity"), self._label_of("severity")),
        ]

    def _sheet_content(self):
        """Return what the customer says, its papers and what it asks for."""
        demands = [f"{label}: {text}" for label, text in self._demands()]
        return self.env._("Complaint"), [
            (self.env._("Content"), self.summary),
            (self.env._("In Its Own Words"), self._words(self.description)),
            (self.env._("Papers"), "\n".join(self._papers())),
            (self.env._("The Customer Asks For"), "\n".join(demands)),
        ]

    def _sheet_finding(self):
        complaint = self.sudo()
        return self.env._("Finding"), [
            (self.env._("Investigation"), self._words(self.finding)),
            (self.env._("Cause"), complaint.cause_id.with_env(self.env).sudo().display_name or ""),
            (self.env._("Justified"), self._label_of("is_justified")),
            (self.env._("Responsible Department"), complaint.department_id.name),
        ]

    def _sheet_remedy(self):
        return self.env._("Remedy and Cost"), self._sheet_rows()

    def _sheet_reaction(self):
        """Return how the customer took it, and how the complaint ended."""
        return self.env._("End"), [
            (self.env._("First Answer"), self._moment(self.date_answered)),
            (self.env._("Response of the Customer"), self.customer_response),
            (self.env._("Outcome"), self._label_of("outcome")),
            (self.env._("Closed On"), self._moment(self.date_closed)),
        ]

    def _sheet_opinions(self):
        """Return the boxes of the departments: (heading, opinion, who and when, hours)."""
        opinions = self.sudo().opinion_ids.filtered(lambda one: one.state != "dropped")
        roles = dict(opinions._fields["role"]._description_selection(self.env))
        return [
            (
                f"{roles[one.role]}: {one.department_id.name}",
                one.opinion or "",
                f"{one.answered_by_id.name or one.user_id.name} {self._moment(one.answered_on)}".strip(),
                f"{one.hours:.1f}" if one.state == "answered" else "",
            )
            for one in opinions
        ]

    def _sheet_stages(self):
        """Return the stages: (label, from, until, hours, by)."""
        rows = self.sudo().stage_ids
        labels = dict(rows._fields["stage"]._description_selection(self.env))
        return [
            (
                labels[row.stage],
                self._moment(row.entered_on),
                self._moment(row.left_on),
                f"{row.days * 24:.1f}" if row.stage != "closed" else "",
                row.user_id.name,
            )
            for row in rows
        ]

    def _sheet_goods(self):
        """Return the goods: (product, unit, shipped on, delivered, complained about, amount, fault)."""
        return [
            (
                line.product_id.with_env(self.env).sudo().display_name,
                line.uom_id.name,
                self._day(line.shipped_on),
                f"{line.delivered_quantity:g}" if line.sale_line_id else "–",
                f"{line.quantity:g}",
                format_amount(self.env, line.amount, line.currency_id),
                line.note or "",
            )
            for line in self.sudo().line_ids
        ]
