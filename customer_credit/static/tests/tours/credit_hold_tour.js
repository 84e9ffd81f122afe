import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

/** What the salesperson does: confirm, read why it is held, and ask for the release. */
const ASK = [
    {
        content: "The order says before what would happen",
        trigger: ".alert:contains(will be held by the credit rules):contains(100.00 too much)",
    },
    { content: "Confirm it all the same", trigger: "button[name=action_confirm]", run: "click" },
    {
        content: "It is held, and says why",
        trigger: ".modal .o_field_widget[name=reasons]:contains(100.00 too much)",
    },
    {
        content: "Say why it should go on",
        trigger: ".modal .o_field_widget[name=reason] textarea",
        run: "edit They pay on Friday",
    },
    { trigger: ".modal button[name=action_ask]", run: "click" },
    {
        content: "The order shows that its release was asked for",
        trigger: "button[name=action_open_credit_holds]:contains(Release Asked For)",
    },
    { trigger: ".o_arrow_button_current[data-value=draft]" },
];

/** What the credit controller does: find the hold in the queue and read its figures. */
const FIND = [
    stepUtils.showAppsMenuItem(),
    { trigger: ".o_app[data-menu-xmlid='customer_credit.menu_root']", run: "click" },
    {
        content: "It is in the queue, with excess and cause",
        trigger: ".o_data_row:contains(Anna):contains('100.00'):contains(Release Asked For)",
    },
    { trigger: ".o_data_row:contains(Anna) .o_data_cell[name=document]", run: "click" },
    { trigger: ".o_field_widget[name=limit]:contains('1,000.00')" },
    { trigger: ".o_field_widget[name=excess]:contains('100.00')" },
    { trigger: ".o_field_widget[name=use_percent]:contains('110')" },
    { trigger: ".o_field_widget[name=reason]:contains(They pay on Friday)" },
];

tours.add("customer_credit_ask_release", { steps: () => ASK });

tours.add("customer_credit_release", {
    steps: () => [
        ...FIND,
        { content: "Release it", trigger: "button[name=action_release]", run: "click" },
        {
            content: "What was asked for is proposed",
            trigger: ".modal .o_field_widget[name=reason] textarea:value(They pay on Friday)",
        },
        { trigger: ".modal button[name=action_release]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=released]" },
        {
            content: "The order went on by itself",
            trigger: "button[name=action_open_subject]",
            run: "click",
        },
        { trigger: ".o_breadcrumb:contains(S0)" },
        { trigger: ".o_arrow_button_current[data-value=sale]" },
    ],
});

tours.add("customer_credit_refuse", {
    steps: () => [
        ...FIND,
        { content: "Refuse it", trigger: "button[name=action_refuse]", run: "click" },
        {
            content: "… with a reason",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Only against payment",
        },
        { trigger: ".modal button[name=action_refuse]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=refused]" },
    ],
});

tours.add("customer_credit_refusal_seen", {
    steps: () => [
        {
            content: "The order says that it was refused",
            trigger: ".alert:contains(The credit release was refused):contains(100.00 too much)",
        },
        {
            content: "… and where to read why",
            trigger: "button[name=action_open_credit_holds]:contains(Refused)",
            run: "click",
        },
        { trigger: ".o_data_row .o_data_cell[name=document]", run: "click" },
        { trigger: ".o_field_widget[name=approval_chain]:contains(Only against payment)" },
    ],
});

tours.add("customer_credit_grow", {
    steps: () => [
        {
            content: "Order more than the limit allows",
            trigger: ".o_data_row .o_data_cell[name=product_uom_qty]",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=product_uom_qty] input",
            run: "edit 22 && press Tab",
        },
        { trigger: "tr.o_data_row:has(.o_data_cell:contains('1,100.00'))" },
        { trigger: ".o_form_button_save", run: "click" },
        {
            content: "The change is refused, in words and with a way out",
            trigger: ".modal:contains(100.00 too much)",
        },
        { trigger: ".modal button:contains(Ask for Credit Release)", run: "click" },
        {
            content: "What the order was to become is known",
            trigger: ".modal .o_field_widget[name=wanted_total] input:value(1,100.00)",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit They pay on Friday",
        },
        { trigger: ".modal button[name=action_ask]", run: "click" },
        {
            content: "It is asked for",
            trigger: ".o_notification:contains(The release was asked for)",
        },
        { content: "Leave the order as it is", trigger: ".o_form_button_cancel", run: "click" },
        {
            trigger:
                "tr.o_data_row:has(.o_data_cell:contains('500.00')):not(:contains('1,100.00'))",
        },
    ],
});

tours.add("customer_credit_portal_sign", {
    steps: () => [
        { trigger: "#sale_order_sidebar_button a:contains('Sign')", run: "click" },
        {
            trigger: ".modal .o_web_sign_name_and_signature input",
            run: "edit Anna Buyer",
        },
        { trigger: ".modal canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The customer is thanked, and hears nothing about credit",
            trigger: ".alert:contains(we have received your order)",
        },
        { trigger: "body:not(:contains(credit rules)):not(:contains(too much))" },
    ],
});
