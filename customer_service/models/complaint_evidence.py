from odoo import fields, models

# How evidence comes (8.11, B9: record, fax, letter).
FORMS = [
    ("record", "Record"),
    ("fax", "Fax"),
    ("letter", "Letter or E-mail"),
    ("photo", "Photo or Film"),
    ("document", "Business Document"),
    ("sample", "Sample"),
    ("other", "Other"),
]


class CustomerComplaintEvidence(models.Model):
    """One piece of evidence that a kind of complaint needs before it is assessed."""

    _name = "customer.complaint.evidence"
    _description = "Evidence of a Complaint Kind"
    _order = "kind_id, sequence, id"

    kind_id = fields.Many2one("customer.complaint.kind", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="kind_id.company_id", store=True, index="btree_not_null")
    sequence = fields.Integer(default=10)
    name = fields.Char("Evidence", required=True, translate=True)
    form = fields.Selection(FORMS, required=True, default="photo", help="In which form it usually comes.")
    is_required = fields.Boolean(
        "Required",
        default=True,
        help="Without it the complaint is not assessed; a note that it was seen will do.",
    )


class CustomerComplaintKind(models.Model):
    """What each kind of complaint asks for: evidence, and how much of the goods it can be about."""

    _inherit = "customer.complaint.kind"

    evidence_ids = fields.One2many(
        "customer.complaint.evidence", "kind_id", string="Checklist of Evidence", copy=True
    )
    goods_limit = fields.Selection(
        [("delivered", "What Was Delivered"), ("ordered", "What Was Ordered")],
        string="Goods Up To",
        required=True,
        default="delivered",
        help="How much of an order line can be complained about: goods that are late or missing were not delivered.",
    )
