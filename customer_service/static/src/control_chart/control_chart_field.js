import { Component, onWillStart, onWillUnmount, toRaw, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { controlConfig } from "./control_chart_config";

/** Complaints by month with their control limits: what is outside has a cause of its own. */
export class ControlChartField extends Component {
    static template = "customer_service.ControlChartField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.data)]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get data() {
        return toRaw(this.props.record.data[this.props.name]) || null;
    }

    /** Draw the chart, or draw it anew with the new figures. */
    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (this.data) {
            const config = controlConfig(this.data, this.look());
            this.chart = new Chart(this.canvas.el, { type: "line", ...config });
        }
    }

    /** @returns {Object} colours and font of the page, so that the chart fits a dark one as well */
    look() {
        const style = getComputedStyle(this.root.el);
        const color = (name) => style.getPropertyValue(name).trim();
        return {
            line: color("--o-control-line"),
            alarm: color("--o-control-alarm"),
            muted: color("--o-control-muted"),
            grid: color("--o-control-grid"),
            font: style.fontFamily,
        };
    }

    /** @returns {string} what the chart says, in one sentence */
    get insight() {
        const { months, outside, mean, low, high } = this.data;
        const limits = _t("%(mean)s a month on average; usual from %(low)s to %(high)s.", {
            mean: this.number(mean),
            low: this.number(low),
            high: this.number(high),
        });
        const odd = months.filter((_month, index) => outside[index]);
        if (!odd.length) {
            return limits;
        }
        const look = _t("Look into: %s", odd.join(", "));
        return `${limits} ${look}`;
    }

    number(value) {
        return formatFloat(value, { digits: [false, 1], trailingZeros: false });
    }
}

export const controlChartField = {
    component: ControlChartField,
    displayName: _t("Control Chart"),
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("complaint_control_chart", controlChartField);
