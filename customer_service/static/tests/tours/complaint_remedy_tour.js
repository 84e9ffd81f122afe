import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** Press a button of the form, and wait for the place on the way that it leads to. */
function take(action, place) {
    return [
        {
            trigger: `.o_form_view .o_statusbar_buttons button[name=${action}]:enabled`,
            run: "click",
        },
        {
            content: `It is at ${place}`,
            trigger: `.o_statusbar_status .o_arrow_button_current[data-value=${place}]`,
        },
    ];
}

/** Open a page of the form. */
function page(name) {
    return [{ trigger: `.o_form_view .o_notebook a[name=${name}]`, run: "click" }];
}

registry.category("web_tour.tours").add("customer_remedy_propose", {
    steps: () => [
        ...page("remedies"),
        { trigger: ".o_form_view button[name=action_propose]", run: "click" },
        {
            content: "The proposal belongs to the complaint",
            trigger: ".o_field_widget[name=complaint_id] input:value(Tour kettles leak)",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_selected_row [name=kind] input",
            run: "click",
        },
        { trigger: ".o_select_menu_item:contains(Refund)", run: "click" },
        {
            trigger: ".o_field_widget[name=line_ids] .o_selected_row [name=amount] input",
            run: "edit 1200",
        },
        ...stepUtils.saveForm(),
        ...take("action_submit", "pending"),
        {
            content: "It says for whom it waits",
            trigger: ".alert [name=approval_waits_for]:contains(service_boss)",
        },
    ],
});

registry.category("web_tour.tours").add("customer_remedy_approve", {
    steps: () => [...take("action_approve", "approved")],
});

registry.category("web_tour.tours").add("customer_remedy_offer", {
    steps: () => [
        ...take("action_offer", "offered"),
        ...page("answer"),
        {
            content: "The signed slip comes along",
            trigger: ".o_field_widget[name=document_ids] input[type=file]:not(:visible)",
            run({ anchor }) {
                const files = new DataTransfer();
                files.items.add(new File(["signed"], "slip.txt", { type: "text/plain" }));
                anchor.files = files.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".o_field_widget[name=document_ids] .o_attachment:contains(slip.txt)" },
        ...stepUtils.saveForm(),
        ...take("action_accept", "accepted"),
    ],
});

registry.category("web_tour.tours").add("customer_complaint_carry_out", {
    steps: () => [
        ...take("action_agree", "carry_out"),
        { trigger: "button[name=action_carry_out_remedies]:enabled", run: "click" },
        ...page("remedies"),
        {
            content: "The proposal is being carried out",
            trigger: ".o_field_widget[name=remedy_ids] .o_data_row:contains(Being Carried Out)",
        },
        { trigger: ".o_statusbar_buttons button[name=action_carried_out]", run: "click" },
        {
            content: "The credit note has to be posted first",
            trigger: ".modal:contains(the credit note is a draft that has to be posted)",
        },
        { trigger: ".modal .modal-footer button", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("customer_complaint_credit", {
    steps: () => [
        {
            content: "The accountant has it to do",
            trigger: ".o-mail-Activity:contains(Post the credit note)",
        },
        ...take("action_post", "posted"),
        {
            content: "Then it is done",
            trigger: ".o-mail-Chatter:not(:has(.o-mail-Activity))",
        },
    ],
});

registry.category("web_tour.tours").add("customer_complaint_close", {
    steps: () => [
        ...take("action_carried_out", "follow_up"),
        ...page("response"),
        {
            trigger:
                ".o_field_widget[name=customer_response] textarea, .o_field_widget[name=customer_response] input",
            run: "edit Content with it",
        },
        ...stepUtils.saveForm(),
        ...take("action_close", "closed"),
    ],
});
