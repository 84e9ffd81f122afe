import { Component, onWillUnmount, useState } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;
const MINUTE = 60 * 1000;

/** An icon for each colour, so that nobody has to tell the colours apart. */
const ICONS = {
    green: "fa-check-circle",
    amber: "fa-hourglass-half",
    red: "fa-exclamation-triangle",
    waiting: "fa-pause-circle",
};

/**
 * How long it is in the largest unit that says enough: minutes, hours, then days.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function lengthInWords(milliseconds) {
    const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
    if (minutes < 60) {
        return _t("%s min", Math.max(minutes, 1));
    }
    if (minutes < 48 * 60) {
        return _t("%s h", Math.floor(minutes / 60));
    }
    return _t("%s d", Math.floor(minutes / (24 * 60)));
}

/** The clock of a document: its colour as of now, an icon, and how long is left or how late it is. */
export class ServiceClockField extends Component {
    static template = "customer_service.ServiceClockField";
    static props = { ...standardFieldProps };

    setup() {
        this.clock = useState({ now: DateTime.now() });
        const timer = setInterval(() => {
            this.clock.now = DateTime.now();
        }, MINUTE);
        onWillUnmount(() => clearInterval(timer));
    }

    /** @returns {string|false} the colour as of now; what is stored may be some minutes old */
    get state() {
        const { clock_due_on: due, clock_warn_on: warn } = this.props.record.data;
        const stored = this.props.record.data[this.props.name];
        if (!due || stored === "red") {
            return stored;
        }
        if (due < this.clock.now) {
            return "red";
        }
        return warn && warn <= this.clock.now ? "amber" : "green";
    }

    get icon() {
        return ICONS[this.state];
    }

    get words() {
        const due = this.props.record.data.clock_due_on;
        if (!due) {
            return this.state === "waiting" ? _t("Waiting") : "";
        }
        const left = due.toMillis() - this.clock.now.toMillis();
        const words = lengthInWords(left);
        return left < 0 ? _t("%s late", words) : _t("%s left", words);
    }

    get title() {
        const { clock_due_on: due, clock_target: target } = this.props.record.data;
        const options = this.props.record.fields.clock_target?.selection || [];
        const what = (options.find(([code]) => code === target) || ["", ""])[1];
        return due ? `${what}: ${formatDateTime(due)}` : what;
    }
}

registry.category("fields").add("service_clock", {
    component: ServiceClockField,
    displayName: _t("Service Clock"),
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "clock_due_on", type: "datetime" },
        { name: "clock_warn_on", type: "datetime" },
        { name: "clock_target", type: "selection" },
    ],
});
