import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** Choose a record of a many2one by its name. */
function choose(field, name) {
    return [
        { trigger: `.o_field_widget[name=${field}] input`, run: `edit ${name}` },
        {
            trigger: `.o-autocomplete--dropdown-item:contains(${name})`,
            run: "click",
        },
    ];
}

/** Take a step by its button, and wait for the stage that it leads to. */
function take(action, stage) {
    return [
        { trigger: `.o_form_view button[name=${action}]`, run: "click" },
        {
            content: `It is at ${stage}`,
            trigger: `.o_statusbar_status .o_arrow_button_current[data-value=${stage}]`,
        },
    ];
}

registry.category("web_tour.tours").add("customer_complaint_desk", {
    steps: () => [
        { content: "The complaints are there", trigger: ".o_kanban_view" },
        { trigger: ".o-kanban-button-new", run: "click" },
        {
            trigger: ".o_field_widget[name=summary] input, .o_field_widget[name=summary] textarea",
            run: "edit Tour kettles leak",
        },
        ...choose("partner_id", "Tour Hotel"),
        ...choose("kind_id", "Tour Leaks"),
        ...stepUtils.saveForm(),
        { content: "It has a number", trigger: ".o_field_widget[name=name]:contains(C2)" },
        ...take("action_acknowledge", "confirm"),
        { trigger: ".o_notebook a[name=evidence]", run: "click" },
        { trigger: ".o_field_widget[name=proof_ids] .o_data_row td[name=note]", run: "click" },
        {
            trigger: ".o_field_widget[name=proof_ids] td[name=note] input",
            run: "edit Seen in the tour",
        },
        ...stepUtils.saveForm(),
        ...take("action_confirm", "assess"),
        { trigger: ".o_notebook a[name=finding]", run: "click" },
        {
            trigger:
                ".o_field_widget[name=is_justified] input, .o_field_widget[name=is_justified] select",
            run: "click",
        },
        { trigger: ".o_select_menu_item:contains(Justified):first", run: "click" },
        ...choose("cause_id", "Tour Seal"),
        {
            trigger: ".o_field_widget[name=finding] .odoo-editor-editable",
            run: "editor The seal was thin",
        },
        ...stepUtils.saveForm(),
        ...take("action_assess", "agree"),
    ],
});
