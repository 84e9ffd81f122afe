from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class CustomerDealerType(models.Model):
    """The ways in which a customer sells on: agent, distributor, chain and so on."""

    _name = "customer.dealer.type"
    _description = "Dealer Type"
    _inherit = ["customer.code.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short name for imports and reports. A company cannot have the same code twice.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the type among all companies.",
    )
    description = fields.Text(translate=True)
    is_direct = fields.Boolean(
        string="Sells to Consumers",
        help="The dealer sells to those who use the goods, not to other dealers.",
    )
    may_have_sub_dealers = fields.Boolean(
        string="May Have Sub-dealers",
        help="The dealer may appoint dealers, or run shops, below itself.",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    # A type without a company takes the place of company 0, so that two shared types differ as well.
    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)",
        "Another dealer type of this company has this code already: choose another code.",
    )

    @api.depends_context("company", "uid")
    def _compute_partner_count(self):
        """Count the customers of each type in the current company, in one query for all types."""
        groups = self.env["res.partner"]._read_group(
            [("customer_dealer_type_id", "in", self.ids)], ["customer_dealer_type_id"], ["__count"]
        )
        counts = {dealer_type.id: number for dealer_type, number in groups}
        for dealer_type in self:
            dealer_type.partner_count = counts.get(dealer_type.id, 0)

    @api.constrains("company_id")
    def _check_company_id(self):
        """Refuse to keep a type for one company while customers of another company have it."""
        for dealer_type, company, number in self.filtered("company_id")._get_uses():
            if dealer_type.company_id != company:
                raise ValidationError(
                    self.env._(
                        "Dealer type %(type)s cannot belong to %(company)s only: customers of %(other)s"
                        " have it (%(number)s). Give them another type first.",
                        type=dealer_type.display_name,
                        company=dealer_type.company_id.display_name,
                        number=number,
                        other=company.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Refuse to delete a type that customers have, in whichever company."""
        for dealer_type, company, number in self._get_uses():
            raise UserError(
                self.env._(
                    "Dealer type %(type)s cannot be deleted: customers of %(company)s have it (%(number)s)."
                    " Archive it instead, or give them another type first.",
                    type=dealer_type.display_name,
                    number=number,
                    company=company.display_name,
                )
            )

    def _get_uses(self):
        """Return (type, company, number of customers) for each of these types and each company."""
        if not self.ids:
            return []
        self.env["res.partner"].flush_model(["customer_dealer_type_id"])
        # The column holds one value per company: {"<company id>": <type id>}.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT use.type::int, use.company::int, COUNT(*)
                  FROM res_partner AS partner
            CROSS JOIN jsonb_each_text(partner.customer_dealer_type_id) AS use(company, type)
                  JOIN res_company AS company ON company.id = use.company::int
                 WHERE partner.customer_dealer_type_id IS NOT NULL AND use.type::int IN %s
              GROUP BY use.type::int, use.company::int
              ORDER BY use.type::int, use.company::int
                """,
                tuple(self.ids),
            )
        )
        companies = self.env["res.company"].sudo()
        return [
            (self.browse(type_id), companies.browse(company), number) for type_id, company, number in rows
        ]

    def action_open_partners(self):
        """Open the customers of this type."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("customer_channels.res_partner_action_dealers")
        return {
            **action,
            "name": self.env._("Customers: %(type)s", type=self.display_name),
            "domain": [("customer_dealer_type_id", "=", self.id)],
            "context": {"default_customer_dealer_type_id": self.id, "default_is_company": True},
        }
