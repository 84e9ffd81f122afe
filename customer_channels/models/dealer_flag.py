from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..exceptions import DealerFlagError

OPEN = ("open", "consented")


class CustomerDealerFlag(models.Model):
    """An order or a delivery of a dealer outside its territory or below its price floor.

    Written by the checks only. A manager consents to it, dismisses it, or opens a case from it.
    """

    _name = "customer.dealer.flag"
    _description = "Flagged Order"
    _order = "date desc, id desc"
    _rec_name = "text"
    _check_company_auto = True

    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("territory", "Outside the Territory"), ("floor", "Below the Price Floor")],
        required=True,
        readonly=True,
    )
    order_id = fields.Many2one("sale.order", index="btree_not_null", readonly=True, ondelete="cascade")
    picking_id = fields.Many2one(
        "stock.picking", string="Delivery", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    area_id = fields.Many2one(
        "customer.area", string="Goes To", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    text = fields.Char(string="What", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="Of the goods concerned, untaxed.")
    key = fields.Char(required=True, readonly=True, help="What a consent holds for.")
    state = fields.Selection(
        [
            ("open", "To Look At"),
            ("consented", "Consented"),
            ("case", "Case Opened"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    violation_id = fields.Many2one(
        "customer.dealer.violation",
        string="Case",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    note = fields.Char(help="Why it is in order, or not.")

    @api.model
    def _record(self, findings, state="open"):
        """Keep findings that are not known yet of their order or delivery. Two statements for any number.

        :param findings: dicts of values, as ``customer.dealer.watch`` returns them
        """
        known = self._known(findings)
        values = [{**finding, "state": state} for finding in findings if self._place(finding) not in known]
        return self.sudo().create(values)

    @api.model
    def _known(self, findings, states=None):
        """Return which of these findings are kept already, in these states (default: in any): ``{place}``."""
        orders = [finding["order_id"] for finding in findings if finding.get("order_id")]
        pickings = [finding["picking_id"] for finding in findings if finding.get("picking_id")]
        domain = ["|", ("order_id", "in", orders), ("picking_id", "in", pickings)]
        if states:
            domain = [*domain, ("state", "in", states)]
        rows = self.sudo().search_fetch(domain, ["order_id", "picking_id", "kind", "key"])
        return {
            (row.order_id.id or False, not row.order_id and row.picking_id.id, row.kind, row.key)
            for row in rows
        }

    @api.model
    def _place(self, finding):
        """Return what a finding is about: an order, or else a delivery, and what a consent would hold for."""
        order = finding.get("order_id") or False
        return (order, not order and finding.get("picking_id"), finding["kind"], finding["key"])

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only the checks make flags.

        :raises DealerFlagError: when somebody else tries to
        """
        if not self.env.su:
            raise DealerFlagError(self.env._("Orders are flagged by the checks, not by hand."))
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: of a flag only its note is written by hand.

        :raises DealerFlagError: when it is something else
        """
        if not self.env.su and set(vals) - {"note"}:
            raise DealerFlagError(self.env._("A flag is decided by its buttons; only its note is written."))
        return super().write(vals)

    def _ensure_manager(self):
        """:raises AccessError: unless the user decides on dealers"""
        if not self.env.user.has_group("customer_channels.group_channel_manager"):
            raise AccessError(self.env._("This step is for managers of channels."))

    def _decide(self, state):
        """:raises DealerFlagError: when one has been decided already"""
        self.check_access("write")
        for flag in self:
            if flag.state not in OPEN:
                raise DealerFlagError(self.env._("“%s” has been decided already.", flag.text))
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})

    def action_consent(self):
        """Agree to what is flagged, in writing."""
        self._ensure_manager()
        self._decide("consented")

    def action_dismiss(self):
        """Put the flag away: it was nothing."""
        self._ensure_manager()
        self._decide("dismissed")

    def action_open_case(self):
        """Open a violation case from the flag, and show it."""
        self.ensure_one()
        if not self.violation_id:
            case = self.env["customer.dealer.violation"].create(
                {
                    "dealer_id": self.dealer_id.id,
                    "kind": "cross_territory" if self.kind == "territory" else "other",
                    "date_occurred": self.date,
                    "area_id": self.area_id.id,
                    "summary": self.text,
                    "goods_amount": max(self.amount, 0.0),
                }
            )
            self._decide("case")
            self.sudo().violation_id = case
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.violation",
            "res_id": self.violation_id.id,
            "views": [(False, "form")],
        }
