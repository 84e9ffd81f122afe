from odoo import api, fields, models

from ..exceptions import RebateWriteError

KINDS = [
    ("tier", "Rate"),
    ("band", "Paid late"),
    ("residual", "Former territory"),
    ("points", "Quality points"),
    ("floor", "Not below zero"),
    ("cap", "Cap"),
    ("condition", "Condition not met"),
    ("share", "Paid on account"),
    ("interim", "Interim deducted"),
    ("missed", "Missed interim, not caught up"),
    ("clawback", "Correction of an earlier period"),
]


class CustomerDealerRebateLine(models.Model):
    """One reason of the amount of a rebate statement; its lines add up to it, to the cent.

    Written by the computation alone.
    """

    _name = "customer.dealer.rebate.line"
    _description = "Rebate Statement Line"
    _order = "statement_id, sequence, id"

    statement_id = fields.Many2one(
        "customer.dealer.rebate.statement", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    company_id = fields.Many2one(related="statement_id.company_id")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    kind = fields.Selection(KINDS, string="Reason", required=True)
    lower = fields.Float(string="From", digits=(16, 2))
    upper = fields.Float(string="To", digits=(16, 2))
    has_upper = fields.Boolean()
    code = fields.Char(string="Condition Code")
    base = fields.Monetary(string="Of")
    rate = fields.Float(string="Rate (%)", digits=(16, 4))
    amount = fields.Monetary()
    source_id = fields.Many2one(
        "customer.dealer.rebate.statement",
        string="Other Statement",
        index="btree_not_null",
        ondelete="restrict",
    )
    residual_id = fields.Many2one("customer.dealer.residual", index="btree_not_null", ondelete="restrict")
    name = fields.Char(string="Explanation", compute="_compute_name")

    @api.depends("kind", "lower", "upper", "has_upper", "code", "source_id", "residual_id")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        reasons = self.statement_id._condition_names()
        for line in self:
            teller = getattr(line, f"_say_{line.kind}", None)
            if line.kind == "condition":
                line.name = self.env._("Not met: %s", reasons.get(line.code, line.code))
            else:
                line.name = teller() if teller else kinds.get(line.kind)

    def _say_tier(self):
        lower = f"{self.lower:,.2f}"
        if self.statement_id.plan_id.mode == "whole":
            return self.env._("All, at the rate from %s on", lower)
        if self.has_upper:
            return self.env._("From %(from)s to %(to)s", **{"from": lower, "to": f"{self.upper:,.2f}"})
        return self.env._("Above %s", lower)

    def _say_band(self):
        first, last = int(self.lower), int(self.upper)
        if self.has_upper:
            return self.env._(
                "Paid after %(first)s to %(last)s days: %(percent)s %% of the rebate",
                first=first,
                last=last,
                percent=f"{self.rate:g}",
            )
        return self.env._("Paid after %s days or later: nothing of the rebate", first)

    def _say_residual(self):
        return self.env._(
            "%(percent)s %% of the rebate on sales of %(dealer)s in the former territory",
            percent=f"{self.rate:g}",
            dealer=self.residual_id.sudo().successor_id.partner_id.name,
        )

    def _say_interim(self):
        return self.env._("Interim statement %s", self.source_id.name)

    def _say_missed(self):
        return self.env._("Lost with interim statement %s", self.source_id.name)

    def _say_clawback(self):
        return self.env._("Correction of %s: what changed since", self.source_id.name)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the computation writes them.

        :raises RebateWriteError: when somebody else does
        """
        self._refuse_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: likewise."""
        self._refuse_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_computed(self):
        self._refuse_hand()

    def _refuse_hand(self):
        if not self.env.su:
            raise RebateWriteError(
                self.env._("The lines of a rebate statement are computed, not edited or imported.")
            )

    def action_open(self):
        """Open what the line rests on: the other statement, the residual rebate, or the invoice lines."""
        self.ensure_one()
        if self.source_id or self.residual_id:
            return (self.source_id or self.residual_id)._get_records_action()
        return self.statement_id.action_open_base()
