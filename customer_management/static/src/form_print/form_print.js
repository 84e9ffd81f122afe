import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

import { Component } from "@odoo/owl";

/**
 * Fetch a form as a file.
 *
 * @param {Object} env
 * @param {number} formId
 * @param {"pdf"|"xlsx"} format
 * @param {Object} [shown] what is on the screen; without it the form is printed as it opens
 */
export async function downloadForm(env, formId, format, shown = {}) {
    const data = { ...shown, context: { ...user.context, ...shown.context } };
    env.services.ui.block();
    try {
        await download({
            url: `/customer_management/form/${formId}/${format}`,
            data: { data: JSON.stringify(data) },
        });
    } finally {
        env.services.ui.unblock();
    }
}

registry.category("actions").add("customer_form_download", (env, action) => {
    const { form_id, file_format, data } = action.params;
    return downloadForm(env, form_id, file_format, data);
});

/**
 * Return the form that a window shows: the one it was opened as, else the first one that it belongs to.
 *
 * @param {Object} env of a view
 * @returns {number|undefined}
 */
export function formOf(env) {
    const forms = session.customer_forms?.[env.config.actionId] || [];
    const opened = env.searchModel?.globalContext?.customer_form_id;
    return forms.includes(opened) ? opened : forms[0];
}

/**
 * Return the filters of the search bar in words; groups are seen in the table itself.
 *
 * @param {Object[]} facets
 * @returns {string[]}
 */
export function filterWords(facets) {
    return facets
        .filter((facet) => facet.type !== "groupBy")
        .map((facet) => {
            const values = facet.values.join(` ${facet.separator || ","} `);
            return facet.title ? `${facet.title}: ${values}` : values;
        });
}

class FormPrintItem extends Component {
    static template = "customer_management.FormPrintItem";
    static components = { DropdownItem };
    static props = {};
    static format = "pdf";

    get format() {
        return this.constructor.format;
    }

    onSelected() {
        const shown = {
            ...this.env.shownAsSheet(),
            filters: filterWords(this.env.searchModel.facets),
            title: this.env.config.getDisplayName() || "",
        };
        return downloadForm(this.env, formOf(this.env), this.format, shown);
    }
}

class FormExportItem extends FormPrintItem {
    static format = "xlsx";
}

const isForm = (env) => Boolean(env.shownAsSheet && formOf(env));

registry
    .category("cogMenu")
    .add(
        "customer-form-print",
        { Component: FormPrintItem, groupNumber: 5, isDisplayed: isForm },
        { sequence: 1 }
    )
    .add(
        "customer-form-export",
        {
            Component: FormExportItem,
            groupNumber: 5,
            isDisplayed: async (env) =>
                isForm(env) && (await user.hasGroup("base.group_allow_export")),
        },
        { sequence: 2 }
    );
