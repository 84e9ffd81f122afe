import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** Wait until the table beside the curve shows these numbers of a grade. */
function gradeShows(grade, customers, share) {
    const row = `.o_pareto_table tr[data-grade=${grade}]`;
    return {
        content: `Grade ${grade} has ${customers} customers and ${share} of the amount`,
        trigger: `${row}:has(td[name=customers]:text(${customers})):has(td[name=share]:text(${share}))`,
    };
}

const CONFIGURE = [
    { content: "The curve is drawn", trigger: ".o_pareto_canvas canvas" },
    gradeShows("A", 2, "85.0%"),
    gradeShows("B", 1, "10.0%"),
    gradeShows("C", 1, "5.0%"),
    {
        content: "Type a stricter cut for grade A",
        trigger: ".o_field_widget[name=grade_ids] .o_data_row:first-child .o_data_cell[name=cut]",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=grade_ids] .o_selected_row .o_field_widget[name=cut] input",
        run: "edit 50 && press Tab",
    },
    gradeShows("A", 1, "60.0%"),
    gradeShows("B", 2, "35.0%"),
    {
        content: "A cut out of order is said, above the last good figures",
        trigger: ".o_field_widget[name=grade_ids] .o_selected_row .o_field_widget[name=cut] input",
        run: "edit 95 && press Tab",
    },
    { trigger: ".o_pareto_error:contains(out of order)" },
    gradeShows("A", 1, "60.0%"),
    {
        trigger: ".o_field_widget[name=grade_ids] .o_selected_row .o_field_widget[name=cut] input",
        run: "edit 50 && press Tab",
    },
    { trigger: ".o_pareto:not(:has(.o_pareto_error))" },
    {
        content: "Move the cut of grade B by its handle and the keyboard",
        trigger: ".o_pareto_cut[data-grade=B] .o_pareto_handle[role=slider][aria-valuenow='90']",
        async run({ press }) {
            this.anchor.focus();
            await press("PageDown");
        },
    },
    { trigger: ".o_pareto_cut[data-grade=B] .o_pareto_handle[aria-valuenow='85']" },
    gradeShows("A", 1, "60.0%"),
    gradeShows("B", 1, "25.0%"),
    gradeShows("C", 2, "15.0%"),
];

const GRADE = [
    { content: "Grade the customers", trigger: "button[name=action_run_and_open]", run: "click" },
    {
        content: "The run shows the curve",
        trigger: ".o_field_widget[name=chart] .o_pareto_canvas canvas",
    },
    {
        content: "… with the cuts, now fixed",
        trigger: ".o_pareto_cut[data-grade=B] .o_pareto_handle:not([role]):contains(85%)",
    },
    gradeShows("A", 1, "60.0%"),
    gradeShows("B", 1, "25.0%"),
    gradeShows("C", 2, "15.0%"),
    { content: "Apply the grades", trigger: "button[name=action_apply]", run: "click" },
    { trigger: ".modal .modal-footer .btn-primary", run: "click" },
    { trigger: ".o_statusbar_status .o_arrow_button_current[data-value=applied]" },
];

const CUSTOMER = [
    {
        content: "Look at a customer",
        trigger: ".o_menu_sections [data-menu-xmlid='customer_management.menu_customers']",
        run: "click",
    },
    { trigger: ".o_kanban_record:contains(Alpha Trading)", run: "click" },
    { trigger: ".o_form_view .o_notebook .nav-link[name=customer_management]", run: "click" },
    {
        content: "The customer has the grade",
        trigger: ".o_field_widget[name=customer_grade_id] .badge:text(A)",
    },
    {
        content: "… and what it owes, by age",
        trigger: ".o_field_widget[name=customer_aging_chart] .o_aging_segment[data-bucket='3']",
    },
];

const AGE = [
    stepUtils.showAppsMenuItem(),
    { trigger: ".o_app[data-menu-xmlid='customer_credit.menu_root']", run: "click" },
    { trigger: "[data-menu-xmlid='customer_credit.menu_receivable']", run: "click" },
    { trigger: "[data-menu-xmlid='customer_credit.menu_aging_today']", run: "click" },
    {
        content: "The report of today is there",
        trigger: ".o_field_widget[name=chart] .o_aging [name=total]:contains('10,000.00')",
    },
    { content: "Compute it again", trigger: "button[name=action_compute]", run: "click" },
    { trigger: ".o_field_widget[name=total]:contains('10,000.00')" },
    { trigger: ".o_field_widget[name=ledger_balance]:contains('10,000.00')" },
    { content: "It agrees with the ledger", trigger: ".text-success:contains(The total equals)" },
    {
        content: "Look into a bucket",
        trigger: ".o_aging_segment.o_aging_3[data-bucket='3']",
        run: "click",
    },
    {
        content: "Only its items are listed",
        trigger:
            ".o_list_view:has(.o_data_row:contains(Alpha Trading)):not(:has(.o_data_row:contains(Beta)))",
    },
    { trigger: ".o_data_row button[name=action_open_move_line]", run: "click" },
    {
        content: "The journal item behind the figure",
        trigger: ".o_form_view .o_field_widget[name=debit]:contains('6,000.00')",
    },
];

registry.category("web_tour.tours").add("customer_grading_and_aging", {
    steps: () => [...CONFIGURE, ...GRADE, ...CUSTOMER, ...AGE],
});
