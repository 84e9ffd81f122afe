"""The templates of the handbook's assessments say which form they are; they are not updated with the data."""

FORMS = {
    "assessment_template_key_account": "form_2_17",
    "assessment_template_endangered": "form_2_24",
}


def migrate(cr, version):
    for template, form in FORMS.items():
        cr.execute(
            """
            UPDATE customer_assessment_template t SET form_id = f.res_id
              FROM ir_model_data d, ir_model_data f
             WHERE d.module = 'customer_management' AND d.name = %s AND d.res_id = t.id
               AND f.module = 'customer_management' AND f.name = %s AND t.form_id IS NULL
            """,
            [template, form],
        )
