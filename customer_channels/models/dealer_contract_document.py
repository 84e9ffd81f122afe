import re

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.customer_management.tools.living_text import PLACEHOLDER, fill, placeholders

# Known only later: it is filled in whenever the frozen text is shown.
LATER = ("signed_on",)
KEPT = re.compile(rf"\[\[({'|'.join(LATER)})\]\]")


class CustomerDealerContract(models.Model):
    """The text of a contract: its clauses with what it says; frozen by the approval, with a PDF of it."""

    _inherit = "customer.dealer.contract"
    _step_fields = ("frozen_text", "pdf_id", "signed_pdf_id")

    document = fields.Html(
        string="Text",
        compute="_compute_document",
        sanitize=False,
        help="As it will be, or as it was approved.",
    )
    frozen_text = fields.Html(readonly=True, copy=False, sanitize=False)
    pdf_id = fields.Many2one(
        "ir.attachment",
        string="PDF as Approved",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    signed_pdf_id = fields.Many2one(
        "ir.attachment",
        string="PDF as Signed",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.depends(
        "frozen_text",
        "signed_on",
        "clause_ids.body",
        "clause_ids.name",
        "clause_ids.is_included",
        "clause_ids.sequence",
        "territory_ids",
        "kind",
        "lang",
        "dealer_id",
        "date_from",
        "date_to",
        "deposit_amount",
        "pricelist_id",
        "payment_term_id",
    )
    def _compute_document(self):
        for contract in self:
            own = contract.sudo().with_context(lang=contract.lang)
            if not contract.dealer_id or not contract.date_from or not contract.date_to:
                contract.document = False
            else:
                contract.document = own._fill_later(contract.frozen_text or own._render_text())

    def _render_text(self):
        """Return the included clauses, numbered, with what the contract says; what is known later stays open.

        :rtype: Markup
        """
        self.ensure_one()
        included = self.clause_ids.filtered("is_included").sorted(lambda one: (one.sequence, one._origin.id))
        values = self._codes_answered(" ".join(clause.body or "" for clause in included))
        parts = [
            Markup('<div style="page-break-inside: avoid;"><h5>%s</h5>%s</div>')
            % (
                self.env._("%(number)s. %(heading)s", number=number, heading=clause.name),
                fill(clause.body, values),
            )
            for number, clause in enumerate(included, 1)
        ]
        return Markup("").join(parts)

    def _codes_answered(self, text):
        """Return what the codes in a text stand for; those that are known later stand for themselves."""
        found = {}
        for code in placeholders(text):
            method = None if code in LATER else getattr(self, f"_clause_{code}", None)
            found[code] = method() if method else f"[[{code}]]"
        return found

    def _fill_later(self, text):
        values = {code: getattr(self, f"_clause_{code}")() for code in LATER}
        return Markup(KEPT.sub(lambda found: str(values[found[1]]), str(text or "")))

    def _unanswered(self):
        """Return the codes in the text that nothing answers, to be seen before approval."""
        self.ensure_one()
        return [code for code in PLACEHOLDER.findall(str(self.document or "")) if code not in LATER]

    def _approval_granted(self):
        """Override of the approval mixin: the text is frozen; its PDF follows, as it takes seconds."""
        for contract in self:
            own = contract.with_context(lang=contract.lang)
            contract._approval_write({"frozen_text": str(own._render_text())})
        self.env.ref("customer_channels.dealer_contract_cron_keep_pdf")._trigger()
        return super()._approval_granted()

    @api.model
    def _cron_keep_pdf(self):
        """Keep contracts as PDF as they were approved and as they were signed; can be stopped and run again."""
        agreed = [("approval_state", "=", "approved")]
        for field, domain in (
            ("pdf_id", [("pdf_id", "=", False)]),
            ("signed_pdf_id", [("signed_pdf_id", "=", False), ("signature", "!=", False)]),
        ):
            contracts = self.search([*agreed, *domain])
            for left, contract in zip(range(len(contracts) - 1, -1, -1), contracts, strict=True):
                contract._keep_pdf(field)
                self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _keep_pdf(self, field):
        """Store the contract as PDF in its language."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo().with_context(lang=self.lang)
        content, _kind = report._render_qweb_pdf("customer_channels.dealer_contract_action_print", self.ids)
        attachment = self.env["ir.attachment"].sudo()
        kept = attachment.create(
            {
                "name": f"{self._file_name()}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._approval_write({field: kept.id})

    def _file_name(self):
        """Return the name of the contract as a file is called."""
        self.ensure_one()
        return f"{self.name} {self.partner_id.name}".replace("/", "-")

    def _get_report_base_filename(self):
        """Override of `portal`: what a downloaded contract is called."""
        return self._file_name()
