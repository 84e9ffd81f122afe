import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary, formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// Okabe and Ito's colours stay apart for colour-blind eyes.
const COLORS = ["#0072B2", "#D55E00", "#E69F00", "#009E73", "#CC79A7", "#56B4E9"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
const NARROW = 480;

/** How to read a figure of a panel, by its unit. */
export function inWords(value, panel) {
    if (value === null || value === undefined) {
        return "–";
    }
    switch (panel.unit) {
        case "money":
            return formatMonetary(value, { currencyId: panel.currency_id, humanReadable: true });
        case "ratio":
            return formatPercentage(value, { digits: [false, 1] });
        case "place":
            return panel.ticks[value] ?? "";
        case "days":
            return _t("%s days", formatFloat(value, { digits: [false, 0] }));
        default:
            return formatFloat(value, { digits: [false, 2] });
    }
}

/** Panels one above the other over the same months or years, each with its own unit. */
export class TrendChartField extends Component {
    static template = "customer_credit.TrendChartField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.charts = [];
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.data)]
        );
        onWillUnmount(() => this.clear());
    }

    get data() {
        return this.props.record.data[this.props.name] || { labels: [], panels: [] };
    }

    get panels() {
        const panels = this.data.panels.filter(({ series }) =>
            series.some(({ values }) => values.some((value) => value !== null))
        );
        return panels.map((panel, index) => ({
            ...panel,
            key: index,
            description: panel.series
                .map(({ name, values }) => `${name}: ${inWords(values.at(-1), panel)}`)
                .join(", "),
        }));
    }

    get emptyText() {
        return _t("Nothing to show yet.");
    }

    clear() {
        this.charts.forEach((chart) => chart.destroy());
        this.charts = [];
    }

    draw() {
        this.clear();
        const places = this.root.el?.querySelectorAll("canvas") || [];
        this.panels.forEach((panel, i) =>
            this.charts.push(new Chart(places[i], this.config(panel)))
        );
    }

    config(panel) {
        const style = getComputedStyle(this.root.el);
        const look = { color: style.color, font: { family: style.fontFamily } };
        return {
            type: "bar",
            data: {
                labels: [...this.data.labels],
                datasets: panel.series.map((line, i) => this.dataset(line, i, panel)),
            },
            options: {
                maintainAspectRatio: false,
                animation: { duration: 200 },
                interaction: { mode: "index", intersect: false },
                scales: {
                    x: {
                        grid: { display: false },
                        ticks: { ...look, maxRotation: 0, autoSkip: true },
                    },
                    y: this.scale(panel, look),
                },
                plugins: {
                    legend: {
                        position: this.root.el.clientWidth < NARROW ? "bottom" : "top",
                        align: "start",
                        labels: { ...look, usePointStyle: true, boxHeight: 6 },
                    },
                    tooltip: {
                        callbacks: {
                            label: (item) => `${item.dataset.label}: ${inWords(item.raw, panel)}`,
                        },
                    },
                },
            },
        };
    }

    dataset({ name, values, kind }, i, panel) {
        const color = panel.unit === "days" ? COLORS[2] : COLORS[i % COLORS.length];
        const isBar = kind === "bar";
        return {
            type: isBar ? "bar" : "line",
            label: name,
            data: [...values],
            borderColor: color,
            backgroundColor: isBar ? `${color}99` : color,
            borderWidth: isBar ? 0 : 2,
            borderDash: isBar ? [] : DASHES[i % DASHES.length],
            stepped: kind === "step" ? "middle" : false,
            pointRadius: values.length > 12 ? 0 : 3,
            pointStyle: isBar ? "rect" : "line",
            spanGaps: true,
            maxBarThickness: 18,
            order: isBar ? 1 : 0,
        };
    }

    scale(panel, look) {
        const isPlace = panel.unit === "place";
        return {
            // The best rating stands above.
            reverse: isPlace,
            beginAtZero: panel.series.some(({ kind }) => kind === "bar"),
            grace: isPlace ? undefined : "8%",
            min: isPlace ? -0.5 : undefined,
            max: isPlace ? panel.ticks.length - 0.5 : undefined,
            // All panels begin at the same place, so that the months stand below each other.
            afterFit: (axis) => {
                axis.width = 64;
            },
            afterBuildTicks: (axis) => {
                if (isPlace) {
                    axis.ticks = panel.ticks.map((_name, value) => ({ value }));
                }
            },
            grid: { color: "rgba(128, 128, 128, 0.25)" },
            ticks: {
                ...look,
                autoSkip: !isPlace,
                maxTicksLimit: isPlace ? undefined : 6,
                callback: (value) => inWords(value, panel),
            },
        };
    }
}

registry.category("fields").add("customer_trend_chart", {
    component: TrendChartField,
    displayName: _t("Trend Chart"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
