from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerCreditVeto(models.Model):
    """What caps a rating, whatever the score says: decided by a figure, or ticked with a remark. (domain 4.2)

    An addon whose documents decide a veto brings a method ``_veto_<code>(company, partners, day)`` that
    returns ``{partner id: whether it applies}``; who is absent there is judged by hand.
    """

    _name = "customer.credit.veto"
    _description = "Cap of Credit Ratings"
    _order = "sequence, id"

    name = fields.Char(string="Reason", required=True, translate=True)
    code = fields.Char(readonly=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    cap = fields.Char(
        string="At Most",
        required=True,
        help="The name of the best rating that is still possible, such as A. A scale without it takes the next "
        "worse one by score.",
    )
    metric_id = fields.Many2one(
        "customer.metric",
        string="Decided By",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: ticked by hand, with a remark.",
    )
    operator = fields.Selection(
        [("above", "more than"), ("below", "less than")], default="above", required=True
    )
    threshold = fields.Float()
    months = fields.Integer(string="Period (Months)", default=12)
    when_missing = fields.Boolean(
        string="Applies Without a Figure", help="Such as for a customer who has not bought anything yet."
    )
    rating_id = fields.Many2one(
        "customer.credit.rating", compute="_compute_rating_id", help="The cap in the current company."
    )

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a cap with this code.")
    _months_range = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)", "The period of a cap is between 1 and 120 months long."
    )

    @api.depends("cap", "company_id")
    @api.depends_context("company")
    def _compute_rating_id(self):
        for veto in self:
            veto.rating_id = veto._cap_in(veto.company_id or self.env.company)

    @api.constrains("cap", "company_id")
    def _check_cap(self):
        for veto in self:
            if not veto._cap_in(veto.company_id or self.env.company):
                raise ValidationError(
                    self.env._(
                        "“%(veto)s” caps at “%(cap)s”, which is no rating of the scale. Use the name of one.",
                        veto=veto.name,
                        cap=veto.cap,
                    )
                )

    def _cap_in(self, company):
        """Return the best rating of the company's scale that this veto still allows."""
        self.ensure_one()
        return (
            self.env["customer.credit.rating"]
            ._scale(company)
            .filtered(lambda rating: rating.name == self.cap)[:1]
        )

    @api.model
    def _of_company(self, company):
        """Return the vetoes that hold in a company, those whose cap its scale has."""
        found = self.search([("company_id", "in", [company.id, False])])
        return found.filtered(lambda veto: veto._cap_in(company))

    def _decide(self, company, partners, day):
        """Return what figures say about these customers, all in a few statements.

        :return: ``{partner id: {veto id: (whether it applies, figure or None)}}``; what people judge is absent
        """
        found = {partner.id: {} for partner in partners}
        metrics = self.env["customer.metric"].sudo()
        for months, vetoes in self.filtered("metric_id").grouped("months").items():
            values = metrics._evaluate(vetoes.metric_id.mapped("code"), day, months, company, partners)
            for partner in partners:
                row = values.get(partner.id, {})
                for veto in vetoes:
                    value = row.get(veto.metric_id.code)
                    found[partner.id][veto.id] = veto._applies(value), value
        for veto in self - self.filtered("metric_id"):
            method = getattr(type(self), f"_veto_{veto.code}", None)
            for partner, applies in (method(veto, company, partners, day) if method else {}).items():
                found[partner][veto.id] = applies, None
        return found

    def _applies(self, value):
        """Return whether a figure calls for the cap; a missing one does only where the veto says so."""
        if value is None:
            return self.when_missing
        return value > self.threshold if self.operator == "above" else value < self.threshold

    def _veto_danger(self, company, partners, day):
        """Return who is in danger by the alerts that are open now."""
        levels = (
            self.env["customer.alert.level"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", company.id),
                    ("level", "=", "danger"),
                ]
            )
        )
        inside = set(levels.partner_id.ids)
        return {partner.id: partner.id in inside for partner in partners}
