from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Figures of the store survey that stand in columns of their own, by the code of the figure.
FIGURES = ("items", "facings", "price", "stock", "sales")


class CustomerAssessmentTemplate(models.Model):
    """Templates may be about a store that a dealer serves."""

    _inherit = "customer.assessment.template"

    subject = fields.Selection(
        selection_add=[("store", "Store of a Dealer")], ondelete={"store": "set default"}
    )


class ResPartner(models.Model):
    """What is thought of a store is not what is thought of the dealer."""

    _inherit = "res.partner"

    @api.model
    def _customer_assessment_domain(self):
        """Override of customer management to leave out the assessments of stores."""
        return [*super()._customer_assessment_domain(), ("dealer_store_id", "=", False)]


class CustomerAssessment(models.Model):
    """Surveys and inspections of stores: of the dealer's, each with its own. (forms 5.8 and 5.20)"""

    _name = "customer.assessment"
    _inherit = ["customer.assessment", "customer.links.mixin"]
    _checked_links = ("dealer_store_id",)

    dealer_store_id = fields.Many2one(
        "customer.dealer.store",
        string="Store",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('dealer_id.partner_id', '=', partner_id)]",
    )
    store_kind = fields.Selection(related="dealer_store_id.kind", string="Type of Store")
    store_address = fields.Char(related="dealer_store_id.address")
    store_surface = fields.Float(related="dealer_store_id.surface")
    # Text, because a figure that is missing is not zero.
    store_items = fields.Char(string="Items Listed", compute="_compute_store_figures")
    store_facings = fields.Char(string="Facings", compute="_compute_store_figures")
    store_price = fields.Char(string="Retail Price", compute="_compute_store_figures")
    store_stock = fields.Char(string="Stock", compute="_compute_store_figures")
    store_sales = fields.Char(string="Sales a Month", compute="_compute_store_figures")

    @api.depends("figure_ids.value", "figure_ids.is_known")
    def _compute_store_figures(self):
        for assessment in self:
            known = {row.code: f"{row.value:g}" for row in assessment.figure_ids if row.is_known}
            assessment.update({f"store_{code}": known.get(code, False) for code in FIGURES})

    def _typed(self, vals):
        """Override of customer management: the store is chosen by the assessor."""
        store = {"dealer_store_id": vals["dealer_store_id"]} if "dealer_store_id" in vals else {}
        rest = {name: value for name, value in vals.items() if name != "dealer_store_id"}
        return {**super()._typed(rest), **store}

    def _subject_name(self):
        """Override of customer management to name the store."""
        name = super()._subject_name()
        return f"{self.dealer_store_id.sudo().name} ({name})" if self.dealer_store_id else name

    @api.depends("dealer_store_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.constrains("partner_id", "template_id", "dealer_store_id", "company_id")
    def _check_subject(self):
        """Override of customer management: a store is assessed as a store of its dealer."""
        for assessment in self:
            store, template = assessment.dealer_store_id.sudo(), assessment.template_id
            if template.subject == "store" and not store:
                raise ValidationError(self.env._("Choose the dealer and the store that is assessed."))
            if store and template.subject != "store":
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is not about stores: choose a template that is, or no store.",
                        template=template.name,
                    )
                )
            if store and (
                store.dealer_id.partner_id != assessment.partner_id
                or store.company_id.root_id != assessment.company_id.root_id
            ):
                raise ValidationError(
                    self.env._(
                        "“%(store)s” is no store of “%(customer)s”: choose one that it serves.",
                        store=store.name,
                        customer=assessment.partner_id.name or "–",
                    )
                )
        return super()._check_subject()
