from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from odoo.addons.customer_management.tools.living_text import table

# How many documents, or customers, an explanation names.
NAMED = 20


class CustomerCreditCheck(models.Model):
    """The daily proof that the exposure adds up: each part counted again, by another road.

    What the exposure takes from open items is compared with the balance of the accounts, draft invoices with
    their receivable items, orders with what their invoice lines leave of their amounts. What differs for a known
    reason is explained document by document; what remains is a difference, and somebody has to look.
    """

    _name = "customer.credit.check"
    _description = "Check of the Exposure"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, company_id, id"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, index=True)
    part = fields.Selection(
        [("items", "Open items"), ("drafts", "Draft invoices"), ("orders", "Orders")],
        required=True,
        readonly=True,
    )
    exposure = fields.Monetary(readonly=True, help="The sum of the components over all payers.")
    counted = fields.Monetary(
        string="Documents", readonly=True, help="The ledger, the draft invoices, or the orders."
    )
    explained = fields.Monetary(readonly=True, help="What differs for a known reason.")
    difference = fields.Monetary(readonly=True, help="What nobody has explained.")
    is_equal = fields.Boolean(string="Agrees", readonly=True, index=True)
    explanation = fields.Html(readonly=True, sanitize=False)

    _once_a_day = models.UniqueIndex(
        "(company_id, date, part)", "The exposure has been checked on this day already."
    )

    @api.depends("date", "part")
    def _compute_display_name(self):
        labels = dict(self._fields["part"]._description_selection(self.env))
        for check in self:
            check.display_name = f"{check.date}: {labels.get(check.part, '')}"

    @api.model
    def _cron_check(self):
        """Check the exposure of all companies; a second run on a day replaces the first."""
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            if company.chart_template or self.env["account.account"].search_count(
                [("company_ids", "in", company.ids)], limit=1
            ):
                self._check(company)

    @api.model
    def _check(self, company):
        """Compare the exposure with the documents, and tell the credit managers of a difference.

        :param company: a company; its branches are included
        :return: the checks of today, one for each part that takes up credit there
        """
        checks = self.sudo().with_company(company)
        today = fields.Date.context_today(self)
        checks.search([("company_id", "=", company.id), ("date", "=", today)]).unlink()
        parts = {"items": ("receivable", "advance")}
        if company.customer_credit_draft:
            parts["drafts"] = ("draft",)
        if company.customer_credit_orders:
            parts["orders"] = ("delivered", "undelivered")
        exposure = checks._exposure_by_component(company)
        found = checks.create(
            [
                {
                    "company_id": company.id,
                    "date": today,
                    **checks._compare(company, part, sum(exposure.get(code, 0.0) for code in codes)),
                }
                for part, codes in parts.items()
            ]
        )
        found.filtered(lambda check: not check.is_equal)._tell()
        return found

    def _exposure_by_component(self, company):
        """Return the sum of each component over all payers, not rounded payer by payer."""
        engine = self.env["customer.credit.exposure"]
        engine._flush_exposure()
        rows = SQL(
            "SELECT component, SUM(amount)::float FROM (%s) e GROUP BY 1", engine._exposure_sql(company)
        )
        return dict(self.env.execute_query(rows))

    def _compare(self, company, part, exposure):
        """Return the values of one check: what the exposure has, what the documents have, and why it differs."""
        counted, reasons = getattr(self, f"_count_{part}")(company)
        explained = sum(amount for _document, _reason, amount in reasons)
        currency = company.currency_id
        difference = currency.round(exposure - counted - explained)
        return {
            "part": part,
            "exposure": exposure,
            "counted": counted,
            "explained": explained,
            "difference": difference,
            "is_equal": currency.is_zero(difference),
            "explanation": self._explain(reasons, currency),
        }

    def _count_items(self, company):
        """Return the balance of the receivable accounts, and the items without a customer, which nobody owes."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("company_id", "child_of", company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ],
            ["partner_id"],
            ["balance:sum"],
        )
        return self._with_partner(rows, company, [("parent_state", "=", "posted")])

    def _count_drafts(self, company):
        """Return the receivable items of draft invoices, and those without a customer."""
        domain = [
            ("company_id", "child_of", company.id),
            ("account_type", "=", "asset_receivable"),
            ("parent_state", "=", "draft"),
            ("move_id.move_type", "in", ("out_invoice", "out_receipt")),
        ]
        rows = self.env["account.move.line"]._read_group(domain, ["partner_id"], ["balance:sum"])
        return self._with_partner(rows, company, domain)

    def _with_partner(self, rows, company, domain):
        """Return the sum of rows by customer, and why what has no customer is not in the exposure."""
        nobody = sum(balance for partner, balance in rows if not partner)
        reasons = []
        if not company.currency_id.is_zero(nobody):
            lines = self.env["account.move.line"]._read_group(
                [
                    *domain,
                    ("company_id", "child_of", company.id),
                    ("account_type", "=", "asset_receivable"),
                    ("partner_id", "=", False),
                    ("reconciled", "=", False),
                ],
                ["move_id"],
                ["balance:sum"],
            )
            why = self.env._("Without a customer")
            reasons = [(move.display_name, why, -balance) for move, balance in lines]
            rest = -nobody - sum(amount for _name, _why, amount in reasons)
            if not company.currency_id.is_zero(rest):
                reasons.append((self.env._("Settled items"), why, rest))
        return sum(balance for _partner, balance in rows), reasons

    def _explain(self, reasons, currency):
        """Return the explanations as a table, the largest first."""
        if not reasons:
            return False
        reasons = sorted(reasons, key=lambda reason: -abs(reason[2]))
        rows = [
            [name, why, format_amount(self.env, amount, currency)] for name, why, amount in reasons[:NAMED]
        ]
        rest = sum(amount for _name, _why, amount in reasons[NAMED:])
        if len(reasons) > NAMED:
            more = self.env._("%s more", len(reasons) - NAMED)
            rows.append([more, "", format_amount(self.env, rest, currency)])
        return table([self.env._("Document"), self.env._("Why"), self.env._("Amount")], rows)

    def _tell(self):
        """Give the credit managers of the company an activity on each check that shows a difference."""
        managers = self.env.ref("customer_credit.group_credit_manager").all_user_ids
        kind = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "res_model_id": model,
                "res_id": check.id,
                "activity_type_id": kind,
                "date_deadline": check.date,
                "user_id": user.id,
                "summary": self.env._(
                    "The exposure differs by %s",
                    format_amount(self.env, check.difference, check.currency_id),
                ),
            }
            for check in self
            for user in managers
            if user.active and not user.share and check.company_id in user.company_ids
        ]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
