"""Dealer types say by which survey an applicant is judged, and which policy is theirs; they are not updated."""

# By the name of the type: its survey and the code of its policy.
TYPES = {
    "dealer_type_special_store": ("assessment_template_special_store", "5.3"),
    "dealer_type_agent": ("assessment_template_agent", "5.5"),
    "dealer_type_distributor": ("assessment_template_agent", "5.2"),
    "dealer_type_chain": ("assessment_template_special_store", "5.6"),
    "dealer_type_franchise": ("assessment_template_special_store", "5.9"),
    "dealer_type_direct_seller": (None, "5.10"),
}


def migrate(cr, version):
    for name, (survey, policy) in TYPES.items():
        cr.execute(
            """
            UPDATE customer_dealer_type t
               SET policy_code = COALESCE(t.policy_code, %s),
                   survey_template_id = COALESCE(t.survey_template_id, (
                       SELECT res_id FROM ir_model_data WHERE module = 'customer_channels' AND name = %s))
              FROM ir_model_data d
             WHERE d.module = 'customer_channels' AND d.name = %s AND d.res_id = t.id
            """,
            [policy, survey, name],
        )
