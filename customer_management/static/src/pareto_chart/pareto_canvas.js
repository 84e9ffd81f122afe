import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";

import { paretoConfig } from "./pareto_config";
import { ParetoCuts } from "./pareto_cuts";
import { gradeBands, isAdditive, valueScale } from "./pareto_figures";

// Colours of a grade, as the colour picker of Odoo has them.
const COLORS = 12;
// Narrower than this there is no room for names under the bars.
const NARROW = 480;

/** The bars and the curve, with the cuts over them and the grades under them. */
export class ParetoCanvas extends Component {
    static template = "customer_management.ParetoCanvas";
    static components = { ParetoCuts };
    static props = {
        data: Object,
        cuts: { type: Array, element: Object },
        measure: String,
        bus: { type: Object, optional: true },
        onChange: { type: Function, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.canvas = useRef("canvas");
        this.state = useState({ area: null });
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify([this.props.data, this.scale])]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get scale() {
        return valueScale(
            this.props.data,
            this.props.cuts.map((cut) => cut.value)
        );
    }

    /** Draw the chart, or bring the one that is there up to the new figures. */
    draw() {
        const config = paretoConfig(this.props.data, this.scale, this.look());
        if (this.chart) {
            Object.assign(this.chart, config);
            this.chart.update();
            return;
        }
        const follow = { id: "cuts", afterLayout: (chart) => this.onLayout(chart) };
        this.chart = new Chart(this.canvas.el, { type: "bar", ...config, plugins: [follow] });
    }

    /** The cuts follow the plotting area, whose place depends on the labels around it. */
    onLayout({ chartArea }) {
        const { left, top, width, height } = chartArea;
        const area = this.state.area;
        if (!area || [left, top, width, height].join() !== Object.values(area).join()) {
            this.state.area = { left, top, width, height };
        }
    }

    /** @returns {Object} colours and font of the page, so that the chart fits a dark one as well */
    look() {
        const style = getComputedStyle(this.root.el);
        return {
            grades: Array.from({ length: COLORS }, (_, i) =>
                style.getPropertyValue(`--o-grade-${i}`).trim()
            ),
            text: style.color,
            muted: style.getPropertyValue("--o-pareto-muted").trim(),
            grid: style.getPropertyValue("--o-pareto-grid").trim(),
            font: style.fontFamily,
            narrow: this.root.el.clientWidth < NARROW,
        };
    }

    get bands() {
        const { data } = this.props;
        return gradeBands(data).map((band, index) => ({
            ...band,
            index,
            name: data.grades[band.grade]?.name,
            color: data.grades[band.grade]?.color ?? 0,
            width: (100 * band.bars) / data.bars.length,
        }));
    }

    get showsCurve() {
        return isAdditive(this.props.data.unit);
    }

    get caption() {
        const { bars, customers } = this.props.data;
        if (bars.length === customers) {
            return _t("Customers, best first");
        }
        return _t(
            "Customers, best first; each bar is the average of about %s",
            Math.round(customers / bars.length)
        );
    }

    /** What a screen reader says instead of the picture; the table has the figures. */
    get description() {
        return _t("%(measure)s of the customers, best first, by grade", {
            measure: this.props.measure,
        });
    }
}
