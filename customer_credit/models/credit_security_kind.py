from odoo import fields, models


class CustomerCreditSecurityKind(models.Model):
    """A kind of security with the part of its value that is not counted on: the haircut. (domain 4.5)"""

    _name = "customer.credit.security.kind"
    _description = "Kind of Security"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    haircut = fields.Float(
        string="Haircut (%)",
        help="The part of the value that is not counted on. Of an insurance, it is what the insurer does not pay.",
    )
    by_guarantor = fields.Boolean(string="By a Guarantor", help="Somebody else answers for the debt.")
    is_insurance = fields.Boolean(
        string="Insurance", help="An insurer pays a part of the debt, up to a limit for this buyer."
    )
    note = fields.Char(translate=True, help="What to look at before relying on it.")

    _name_unique = models.UniqueIndex(
        "((name->>'en_US'), COALESCE(company_id, 0)) WHERE active",
        "There is already a kind of security of this name.",
    )
    _haircut_valid = models.Constraint(
        "CHECK(haircut >= 0 AND haircut <= 100)", "A haircut is between 0 and 100 %."
    )
