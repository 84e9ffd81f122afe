"""Kinds of complaints say how many goods they can be about: goods that are late or missing were only ordered."""

KINDS = (
    "complaint_kind_quantity_short",
    "complaint_kind_late_delivery",
    "complaint_kind_wrong_goods",
    "complaint_kind_price_invoice",
    "complaint_kind_service_attitude",
    "complaint_kind_other",
)


def migrate(cr, version):
    cr.execute(
        """
        UPDATE customer_complaint_kind k SET goods_limit = 'ordered'
          FROM ir_model_data d
         WHERE d.module = 'customer_service' AND d.model = 'customer.complaint.kind' AND d.res_id = k.id
           AND d.name = ANY(%s)
        """,
        [list(KINDS)],
    )
