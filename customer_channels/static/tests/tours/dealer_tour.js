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

registry.category("web_tour.tours").add("customer_dealer_registration", {
    steps: () => [
        { content: "The dealers are there", trigger: ".o_kanban_view", run: "click" },
        { trigger: ".o-kanban-button-new, .o_list_button_add", run: "click" },
        ...choose("partner_id", "Tour Trading"),
        ...choose("type_id", "Tour Distributor"),
        ...stepUtils.saveForm(),
        { content: "It has a number", trigger: ".o_field_widget[name=code]:contains(/D[0-9]/)" },
        { trigger: ".o_menu_sections button:contains(Dealers)", run: "click" },
        {
            trigger:
                ".dropdown-menu .dropdown-item[data-menu-xmlid='customer_channels.menu_dealer_contract']",
            run: "click",
        },
        { trigger: ".o_breadcrumb:contains(Contracts)" },
        { trigger: ".o_list_button_add", run: "click" },
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
        {
            content: "The contract has a number and is a draft",
            trigger: ".o_field_widget[name=name]:contains(DC/)",
        },
    ],
});

registry.category("web_tour.tours").add("customer_dealer_portal", {
    url: "/my",
    steps: () => [
        {
            content: "The account leads to the dealer",
            trigger: ".o_portal_index_card a[href='/my/dealer']",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The figures are there", trigger: ".o_dealer_figure:contains(You owe us)" },
        { trigger: "a[href='/my/dealer/deals']", run: "click", expectUnloadPage: true },
        { trigger: "a[href='/my/dealer/deals/new']", run: "click", expectUnloadPage: true },
        { trigger: ".o_dealer_new input[name=end_customer]", run: "edit Tour Hotel" },
        { trigger: ".o_dealer_new input[name=project]", run: "edit Kitchen" },
        { trigger: ".o_dealer_new input[name=amount]", run: "edit 1500" },
        {
            content: "Send it",
            trigger: ".o_dealer_new button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The deal is registered", trigger: "h3:contains(Tour Hotel)" },
        { trigger: "dd:contains(Registered)" },
        { trigger: "textarea[name=dealer_report]", run: "edit They like it" },
        {
            trigger: "form[action$='/report'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The news is there", trigger: "dd:contains(They like it)" },
    ],
});
