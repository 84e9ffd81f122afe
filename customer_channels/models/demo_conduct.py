from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

# Dealer: part of what it bought, on average, that is left in stock at the end of each of the last months.
STOCK = {
    "beihai": (1.0, 1.8, 2.6),
    "harvest": (0.5, 0.4, 0.5),
    "xihu": (0.3, 0.4, 0.3),
    "lianhua": (0.6, 0.5, 0.6),
}


class CustomerDemoStory(models.AbstractModel):
    """What dealers of the story do: targets, deposits, a case, stock, a flagged order, and the way out of one."""

    _inherit = "customer.demo.story"

    @api.model
    def _conduct(self):
        """Tell it in the order in which it happened."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        story = self.with_company(company).with_context(tracking_disable=True, lang=self._language())
        dealers = {name: story.env.ref(f"customer_channels.dealer_{name}") for name in story._dealer_names()}
        story._set_deposit_accounts(company)
        story._agree_targets(dealers)
        story._pay_deposits(dealers)
        story._report_stock(dealers)
        story._tell_cases(dealers)
        story._flag_order()
        story._appraise(dealers["harbin"])
        story._leave(dealers["harbin"], dealers["panda"])
        story.env["customer.alert.rule"]._evaluate_all(company, fields.Date.today())

    @api.model
    def _dealer_names(self):
        return ("beihai", "harvest", "silkroad", "xihu", "lianhua", "mingzhu", "harbin", "panda")

    @api.model
    def _as(self, login, records):
        """Return records as a person of the story sees them."""
        return records.with_user(self.env.ref(f"customer_management.user_{login}"))

    @api.model
    def _set_deposit_accounts(self, company):
        """Name the accounts and the journal of deposits, new ones where the chart has none."""
        accounts, journals = self.env["account.account"], self.env["account.journal"]

        def account(code, name, kind):
            known = accounts.search([("code", "=", code), ("company_ids", "in", company.ids)], limit=1)
            return known or accounts.create(
                {"code": code, "name": name, "account_type": kind, "company_ids": [Command.set(company.ids)]}
            )

        company.write(
            {
                "customer_dealer_deposit_account_id": account(
                    "224190", "Dealer deposits", "liability_current"
                ).id,
                "customer_dealer_penalty_account_id": account(
                    "630190", "Penalties of dealers", "income_other"
                ).id,
                "customer_dealer_deposit_journal_id": journals.search(
                    [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
                ).id,
            }
        )

    @api.model
    def _agree_targets(self, dealers):
        """Give each dealer a target for the year, a tenth above what it bought last year, in quarters."""
        today = fields.Date.today()
        begin = fields.Date.start_of(today, "year")
        sales = self.env["customer.dealer.sales"]._amounts(
            self.env.company, begin - relativedelta(years=1), begin - relativedelta(days=1)
        )
        targets = self.env["customer.dealer.target"].create(
            [
                {
                    "dealer_id": dealer.id,
                    "contract_id": dealer.contract_id.id,
                    "date_from": begin,
                    "basis": "collected" if name == "silkroad" else "invoiced",
                    "amount": max(round(sales.get(dealer.id, {}).get("amount", 0) * 1.1, -3), 12000),
                }
                for name, dealer in dealers.items()
                if name != "harbin"
            ]
        )
        targets.action_split_quarters()

    @api.model
    def _pay_deposits(self, dealers):
        """Let dealers pay what their contracts ask for; Harvest is still short."""
        required = self.env["customer.dealer"].union(*dealers.values())._deposits_required()
        day = fields.Date.start_of(fields.Date.today(), "year")
        deposits = self.env["customer.dealer.deposit"].create(
            [
                {
                    "dealer_id": dealer.id,
                    "contract_id": dealer.contract_id.id,
                    "date": day,
                    "amount": (required.get(dealer.id) or 6000) * (0.6 if name == "harvest" else 1),
                }
                for name, dealer in dealers.items()
                if required.get(dealer.id) or name in ("beihai", "harbin", "xihu")
            ]
        )
        deposits.action_post()

    @api.model
    def _report_stock(self, dealers):
        """File the stock reports of the last three months; Beihai's stock grows."""
        today = fields.Date.today()
        products = [
            self.env.ref(f"customer_management.product_{name}") for name in ("cooker", "kettle", "hood")
        ]
        for name, parts in STOCK.items():
            for back, part in zip((3, 2, 1), parts, strict=True):
                report = self.env["customer.dealer.stock.report"].create(
                    {
                        "dealer_id": dealers[name].id,
                        "month": today - relativedelta(months=back),
                        "line_ids": [
                            Command.create(
                                {"product_id": product.id, **({"opening": 20} if back == 3 else {})}
                            )
                            for product in products
                        ],
                    }
                )
                for line in report.line_ids:
                    line.closing = round((line.opening + line.bought) * min(part, 2.0) / 2)
                report.action_file()
        (dealers["lianhua"] + dealers["xihu"]).write({"has_own_funds": True, "own_funds": 1000})

    @api.model
    def _tell_cases(self, dealers):
        """Harbin shipped into Beihai's territory; Silkroad's prices are watched."""
        today = fields.Date.today()
        paper = {"name": "purchase-slip.txt", "raw": b"20 kettles, trace code 7741"}
        cases = self._as("chenjing", self.env["customer.dealer.violation"])
        case = cases.create(
            {
                "dealer_id": dealers["harbin"].id,
                "informant_id": dealers["beihai"].partner_id.id,
                "summary": self.env._("Kettles delivered to it are on sale in Beihai"),
                "area_id": self.env.ref("customer_management.area_beihai").id,
                "date_occurred": today - relativedelta(days=40),
                "date_reported": today - relativedelta(days=38),
                "nature": "malicious",
                "goods_amount": 900,
                "document_ids": [Command.create(paper)],
                "injury_ids": [
                    Command.create({"dealer_id": dealers["beihai"].id, "quantity": 20, "margin": 12})
                ],
            }
        )
        case.action_accept()
        case.action_found()
        case.answer = self.env._("A customer of ours sold them on. We did not know.")
        case.action_heard()
        case.decision = self.env._(
            "The trace codes are those of two deliveries to it; it was told about both."
        )
        case.action_submit()
        admin = self.env.ref("base.user_admin")
        case.with_user(admin).action_approve()
        case.with_user(admin).action_execute()
        case.sudo().deposit_ids.action_post()
        watched = cases.create(
            {
                "dealer_id": dealers["silkroad"].id,
                "kind": "price",
                "summary": self.env._("Offers fans far below our suggested price"),
                "date_occurred": today - relativedelta(days=6),
            }
        )
        watched.action_accept()

    @api.model
    def _flag_order(self):
        """Xihu orders to an address in Foshan, where it has no business."""
        partner = self.env.ref("customer_management.partner_xihu")
        place = self.env["res.partner"].create(
            {
                "name": "Warehouse in Foshan",
                "type": "delivery",
                "parent_id": partner.id,
                "city": "Foshan",
                "state_id": self.env.ref("base.state_cn_GD").id,
                "country_id": self.env.ref("base.cn").id,
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "partner_shipping_id": place.id,
                "user_id": partner.user_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.env.ref("customer_management.product_kettle").id,
                            "product_uom_qty": 4,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.action_confirm()

    @api.model
    def _appraise(self, dealer):
        """Ask whether to keep Harbin."""
        appraisal = self._as("chenjing", self.env["customer.dealer.appraisal"]).create(
            {
                "dealer_id": dealer.id,
                "promotions": 600,
                "support": 900,
                "can_control": "no",
                "control_note": self.env._("Neither its stores nor its stock are known to us."),
                "decision": "cut",
                "decision_note": self.env._("It costs more than it brings, and hurts its neighbours."),
            }
        )
        appraisal.action_compute()
        appraisal.action_submit()

    @api.model
    def _leave(self, dealer, successor):
        """Take Harbin out: approved, in the second phase."""
        leaving = self._as("chenjing", self.env["customer.dealer.exit"]).create(
            {
                "dealer_id": dealer.id,
                "reason_kind": "violation",
                "reason": self.env._("Sold into the territory of others, pays late, and reports nothing."),
                "date_start": fields.Date.today() - relativedelta(days=20),
                "date_planned": fields.Date.today() + relativedelta(months=3),
                "successor_id": successor.id,
            }
        )
        leaving.action_submit()
        leaving.with_user(self.env.ref("base.user_admin")).action_approve()
        checks = leaving.line_ids.filtered(lambda line: line.phase == "before")
        checks.filtered(lambda line: line.kind == "manual").action_done()
        counted = checks.filtered(lambda line: line.kind == "stock")
        counted.note = self.env._("Counted by us in its warehouse")
        counted.action_waive()
        leaving.action_next()
