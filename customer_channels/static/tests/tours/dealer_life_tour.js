import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

/** Choose a record of a many2one by its name. */
function choose(field, name) {
    return [
        { trigger: `.o_field_widget[name=${field}] input`, run: `edit ${name}` },
        { trigger: `.o-autocomplete--dropdown-item:contains(${name})`, run: "click" },
    ];
}

/** Fill in a field of words or figures. */
function fill(field, text) {
    return {
        trigger: `.o_field_widget[name=${field}] input, .o_field_widget[name=${field}] textarea`,
        run: `edit ${text}`,
    };
}

/** Press the button of a step, and see what the document has become. */
function press(name, state) {
    return [
        { trigger: `.o_form_view button[name=${name}]:enabled`, run: "click" },
        { trigger: `.o_statusbar_status .o_arrow_button_current:contains(${state})` },
    ];
}

const add = { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" };

// Back office: a salesperson and a manager, each with the own part of a dealer's life.

tours.add("customer_dealer_life_apply", {
    steps: () => [
        add,
        ...choose("partner_id", "Tour Trading"),
        ...choose("type_id", "Tour Distributor"),
        fill("committed_sales", "120000"),
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_survey]:contains(Begin Survey)", run: "click" },
        {
            content: "The survey of the applicant is there",
            trigger: ".o_breadcrumb:contains(Tour Trading)",
        },
    ],
});

tours.add("customer_dealer_life_admit", {
    steps: () => [
        {
            content: "The survey advises to take it",
            trigger: ".o_field_widget[name=survey_result]:contains(Suitable)",
        },
        ...press("action_approve", "Approved"),
        { content: "It is registered", trigger: "button[name=action_open_dealer]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Registered)" },
    ],
});

tours.add("customer_dealer_life_contract", {
    steps: () => [
        add,
        ...choose("dealer_id", "Tour Trading"),
        {
            trigger: ".o_field_widget[name=date_to] input, .o_field_widget[name=date_to] button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=date_to] input",
            run: "edit 12/31/2099 && press Tab",
        },
        ...stepUtils.saveForm(),
        { content: "It has a number", trigger: ".o_field_widget[name=name]:contains(DC/)" },
        { trigger: "button[name=action_submit]", run: "click" },
        { content: "The manager decides", trigger: ".o_form_view button[name=action_withdraw]" },
    ],
});

tours.add("customer_dealer_life_agree", {
    steps: () => [
        ...press("action_approve", "To Sign"),
        { trigger: "button[name=action_send_link]" },
    ],
});

tours.add("customer_dealer_life_target", {
    steps: () => [
        add,
        ...choose("dealer_id", "Tour Trading"),
        fill("amount", "120000"),
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_split_quarters]", run: "click" },
        {
            content: "Four quarters add up to it",
            trigger: ".o_field_widget[name=child_ids] .o_data_row:nth-child(4):contains(30,000.00)",
        },
    ],
});

tours.add("customer_dealer_life_rebate", {
    steps: () => [
        { trigger: "button[name=action_compute]", run: "click" },
        {
            content: "Ten percent of what was bought, with its reason",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(1,000.00)",
        },
        { trigger: "button[name=action_submit]:enabled", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Checked)" },
    ],
});

tours.add("customer_dealer_life_case", {
    steps: () => [
        add,
        ...choose("dealer_id", "Tour Trading"),
        fill("summary", "Pots of this dealer in the other city"),
        ...stepUtils.saveForm(),
        ...press("action_accept", "Investigat"),
    ],
});

tours.add("customer_dealer_life_exit", {
    steps: () => [
        add,
        ...choose("dealer_id", "Tour Trading"),
        fill("reason", "The owner retires"),
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_submit]", run: "click" },
        {
            content: "It has begun, with what is to be checked",
            trigger: ".o_field_widget[name=line_ids] .o_data_row",
        },
        {
            content: "It is submitted",
            trigger:
                ".o_form_view button[name=action_withdraw], .o_form_view button[name=action_next]",
        },
    ],
});

// The portal: what the dealer itself sees and does.

/** Send a form of a page of the portal. */
function send(action) {
    return {
        trigger: `form[action$='/${action}'] button[type=submit]`,
        run: "click",
        expectUnloadPage: true,
    };
}

/** Open a page of the dealer portal. */
function page(code) {
    return { trigger: `a[href='/my/dealer/${code}']`, run: "click", expectUnloadPage: true };
}

/** Open a row of a list of the portal. */
function row(name) {
    return {
        trigger: `table a:contains(${name})`,
        run: "click",
        expectUnloadPage: true,
    };
}

tours.add("customer_dealer_life_sign", {
    url: "/my/dealer",
    steps: () => [
        page("contracts"),
        row("DC/"),
        {
            content: "The contract can be read",
            trigger:
                "#dealer_contract, .o_dealer_contract, #portal_sale_content, main:contains(Tour Trading)",
        },
        { trigger: "a[data-bs-target='#modal_sign']:first", run: "click" },
        {
            trigger: ".modal .o_web_sign_name_and_signature input",
            run: "clear",
        },
        {
            trigger: ".modal .o_web_sign_name_and_signature input",
            run: "fill Tour Owner",
        },
        { trigger: ".modal canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is signed", trigger: "main:contains(Tour Owner)" },
    ],
});

tours.add("customer_dealer_life_portal", {
    url: "/my/dealer",
    steps: () => [
        page("targets"),
        { content: "The target is there", trigger: "td:contains(120,000.00)" },
        { trigger: "a[href='/my/dealer']:contains(Dealer)", run: "click", expectUnloadPage: true },
        page("rebates"),
        row("/"),
        { content: "What was earned", trigger: "dd:contains(1,000.00)" },
        send("confirm"),
        { content: "Agreed", trigger: "dd:contains(Confirmed)" },
        { trigger: "a[href='/my/dealer']:contains(Dealer)", run: "click", expectUnloadPage: true },
        page("cases"),
        row("/"),
        { trigger: "textarea[name=answer]", run: "edit They came to us to buy them" },
        send("answer"),
        { content: "We have heard it", trigger: "dd:contains(They came to us)" },
    ],
});

tours.add("customer_dealer_life_stock", {
    url: "/my/dealer",
    steps: () => [
        page("stock"),
        page("stock/new"),
        {
            content: "The last month is proposed",
            trigger: ".o_dealer_new select[name=month]:has(option[selected])",
        },
        {
            trigger: ".o_dealer_new button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What was bought is to be counted",
            trigger: ".o_dealer_lines tr:contains(Pot) input[name^=closing]",
            run: "edit 40",
        },
        {
            trigger: ".o_dealer_lines button[formaction$='/count']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The figure is kept",
            trigger: ".o_dealer_lines input[name^=closing]:value(40)",
            run: "edit 30",
        },
        {
            trigger: ".o_dealer_lines button[formaction$='/file']",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is filed", trigger: "dd:contains(Filed)" },
        { trigger: ".o_dealer_lines:not(:has(input[type=number])) td:contains(20.00)" },
    ],
});
