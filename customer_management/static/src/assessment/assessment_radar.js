import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// Okabe and Ito's colours stay apart for colour-blind eyes; dashes and marks tell them apart in print as well.
export const COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [4, 4], [1, 2]];
const MARKS = ["circle", "rect", "triangle", "rectRot", "star", "crossRot"];
// With fewer axes a radar is a line.
const LEAST_AXES = 3;
const NAME_LENGTH = 22;

function shorten(name) {
    return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}

/** How much of its points each side earns: a radar, or bars when there are few sides. */
export class AssessmentRadar extends Component {
    static template = "customer_management.AssessmentRadar";
    static props = { data: Object };

    setup() {
        this.root = useRef("root");
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.props.data)]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get isRadar() {
        return this.props.data.axes.length >= LEAST_AXES;
    }

    /** Draw anew: a radar and bars share no options. */
    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (this.canvas.el && this.props.data.axes.length) {
            this.chart = new Chart(this.canvas.el, this.config());
        }
    }

    config() {
        const style = getComputedStyle(this.root.el);
        const look = {
            text: style.color,
            grid: "rgba(128, 128, 128, 0.3)",
            font: style.fontFamily,
        };
        const { axes, series } = JSON.parse(JSON.stringify(this.props.data));
        return {
            type: this.isRadar ? "radar" : "bar",
            data: {
                labels: axes.map(shorten),
                datasets: series.map((line, i) => this.dataset(line, i, series.length)),
            },
            options: {
                maintainAspectRatio: false,
                animation: { duration: 200 },
                indexAxis: this.isRadar ? undefined : "y",
                scales: this.isRadar ? this.radarScale(look) : this.barScales(look),
                plugins: {
                    legend: {
                        display: series.length > 1,
                        position: "bottom",
                        labels: {
                            color: look.text,
                            font: { family: look.font },
                            usePointStyle: true,
                        },
                    },
                    tooltip: {
                        callbacks: {
                            title: (items) => axes[items[0].dataIndex],
                            label: (item) => `${item.dataset.label}: ${item.raw ?? "–"} %`,
                        },
                    },
                },
            },
        };
    }

    dataset(line, i, count) {
        const color = COLORS[i % COLORS.length];
        return {
            label: line.name,
            data: line.values,
            borderColor: color,
            backgroundColor: this.isRadar && count > 1 ? "transparent" : `${color}40`,
            borderWidth: 2,
            borderDash: DASHES[i % DASHES.length],
            pointStyle: MARKS[i % MARKS.length],
            pointBackgroundColor: color,
            pointRadius: 3,
            spanGaps: true,
            maxBarThickness: 22,
        };
    }

    radarScale(look) {
        return {
            r: {
                min: 0,
                max: 100,
                grid: { color: look.grid },
                angleLines: { color: look.grid },
                pointLabels: { color: look.text, font: { size: 11, family: look.font } },
                ticks: {
                    stepSize: 25,
                    color: look.text,
                    backdropColor: "transparent",
                    showLabelBackdrop: false,
                    font: { size: 9, family: look.font },
                },
            },
        };
    }

    barScales(look) {
        const ticks = { color: look.text, font: { family: look.font } };
        return {
            x: { min: 0, max: 100, grid: { color: look.grid }, ticks },
            y: { grid: { display: false }, ticks },
        };
    }

    /** What a screen reader says instead of the picture. */
    get description() {
        const { axes, series } = this.props.data;
        return series
            .map(({ name, values }) => {
                const sides = axes.map((axis, i) => `${axis} ${values[i] ?? "–"} %`);
                return `${name}: ${sides.join(", ")}`;
            })
            .join(". ");
    }
}

/** The picture of one assessment in its form. */
export class AssessmentChartField extends Component {
    static template = "customer_management.AssessmentChartField";
    static components = { AssessmentRadar };
    static props = { ...standardFieldProps };

    get data() {
        const value = this.props.record.data[this.props.name];
        return value?.axes?.length ? value : null;
    }
}

registry.category("fields").add("customer_assessment_chart", {
    component: AssessmentChartField,
    displayName: _t("Assessment Chart"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
