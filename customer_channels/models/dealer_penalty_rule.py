from odoo import api, fields, models

CONSEQUENCES = [
    ("none", "Nothing More"),
    ("warning", "Written Warning"),
    ("buy_back", "Warning, Goods Bought Back at the Price of the Injured"),
    ("stop_supply", "Supply Stopped for a Time"),
    ("terminate", "Contract Ended"),
]
REBATES = [("none", "None"), ("quarter", "That of the Quarter"), ("all", "All of the Year")]


class CustomerDealerPenaltyRule(models.Model):
    """One step of the ladder: what follows from the first, the second, the third proven case, or from a large one."""

    _name = "customer.dealer.penalty.rule"
    _description = "Penalty Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="Of the rules that fit a case, the last one counts.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    kind = fields.Selection(
        [
            ("any", "Any Case"),
            ("cross_territory", "Outside the Territory"),
            ("price", "Price"),
            ("other", "Other"),
        ],
        required=True,
        default="any",
    )
    nature = fields.Selection(
        [("malicious", "Malicious Only"), ("natural", "Natural Only")],
        help="Natural: goods that cross a border in the ordinary course, up to the part that the settings allow.",
    )
    number = fields.Integer(
        string="From Case",
        default=1,
        required=True,
        help="From which proven case of the kind on; 1 is the first.",
    )
    share_min = fields.Float(
        string="Or From Part of the Month (%)",
        help="Whatever the number: goods of more than this part of what the dealer bought in the month; 0: never.",
    )
    deposit_percent = fields.Float(string="Of the Deposit (%)")
    rebate = fields.Selection(REBATES, string="Rebate Lost", required=True, default="none")
    consequence = fields.Selection(CONSEQUENCES, required=True, default="warning")
    stop_days = fields.Integer(string="Supply Stopped (Days)")

    _values_valid = models.Constraint(
        "CHECK(deposit_percent BETWEEN 0 AND 100 AND share_min >= 0 AND number > 0 AND stop_days >= 0)",
        "A penalty takes between 0 and 100 % of the deposit; cases are counted from 1, days from 0.",
    )

    @api.model
    def _fitting(self, case, number, share):
        """Return the rule that counts for a case, or none.

        :param case: the violation
        :param int number: the how-manieth proven case of the kind it would be
        :param float share: the part of the month's purchases, in percent
        """
        rules = self.sudo().search(
            [("company_id", "in", [False, case.company_id.id]), ("kind", "in", ["any", case.kind])]
        )
        fitting = rules.filtered(
            lambda rule: (not rule.nature or rule.nature == case.nature)
            and (rule.number <= number or (rule.share_min and share > rule.share_min))
        )
        return fitting[-1:]
