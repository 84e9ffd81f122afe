from odoo import fields, models

MODES = [("inherit", "As the Category Says"), ("none", "No Warranty"), ("months", "For a Time")]


class ProductTemplate(models.Model):
    """How long the warranty of a product runs. No answer, none, and a number of months are three things."""

    _inherit = "product.template"

    customer_warranty = fields.Selection(MODES, string="Warranty", required=True, default="inherit")
    customer_warranty_months = fields.Integer("Months of Warranty", default=12)

    _customer_warranty_positive = models.Constraint(
        "CHECK(customer_warranty <> 'months' OR customer_warranty_months > 0)",
        "A warranty for a time runs for at least a month.",
    )

    def _warranty_months(self, company):
        """Return how many months the warranty of a product runs in a company; 0 for none.

        The product says it, or the nearest category above it that does, or the company.
        """
        self.ensure_one()
        product = self.sudo()
        if product.customer_warranty != "inherit":
            return product.customer_warranty_months if product.customer_warranty == "months" else 0
        return product.categ_id._warranty_months(company)


class ProductCategory(models.Model):
    """How long the warranty of the products of a category runs, unless they say otherwise."""

    _inherit = "product.category"

    customer_warranty = fields.Selection(
        [("inherit", "As the Category Above Says"), *MODES[1:]],
        string="Warranty",
        required=True,
        default="inherit",
        help="Above the highest category, the company says it.",
    )
    customer_warranty_months = fields.Integer("Months of Warranty", default=12)

    _customer_warranty_positive = models.Constraint(
        "CHECK(customer_warranty <> 'months' OR customer_warranty_months > 0)",
        "A warranty for a time runs for at least a month.",
    )

    def _warranty_months(self, company):
        """Return how many months the warranty of a category runs in a company; 0 for none."""
        category = self
        while category and category.customer_warranty == "inherit":
            category = category.parent_id
        if category:
            return category.customer_warranty_months if category.customer_warranty == "months" else 0
        return company.customer_warranty_months
