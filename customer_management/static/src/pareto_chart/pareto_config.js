import { _t } from "@web/core/l10n/translation";

import { formatShare, formatValue, isAdditive } from "./pareto_figures";

// With more bars than this, their names would not be readable under them.
const MOST_NAMES = 12;
const NAME_LENGTH = 14;

/** @returns {string} how a bar is headed in its tooltip */
function barTitle(bar) {
    return bar.customers === 1 ? bar.label : _t("Customers ranked %s", bar.label);
}

function barLines(data, bar, item) {
    if (item.dataset.type === "line") {
        return _t("All up to here: %s", formatShare(bar.cumulative));
    }
    const value = formatValue(bar.value, data);
    const text = bar.customers === 1 ? value : _t("%(value)s on average", { value });
    const grade = data.grades[bar.grade]?.name ?? "";
    // What is not graded, such as causes, is in a class that needs no word before it.
    return [text, data.plainClasses ? grade : _t("Grade %s", grade)];
}

function datasets(data, look) {
    const bars = {
        type: "bar",
        order: 2,
        data: data.bars.map((bar) => bar.value),
        backgroundColor: data.bars.map((bar) => look.grades[data.grades[bar.grade]?.color ?? 0]),
        // Also a customer with little is seen.
        minBarLength: 1,
        categoryPercentage: 1,
        barPercentage: data.bars.length > 25 ? 0.92 : 0.85,
        maxBarThickness: 72,
        yAxisID: "y",
    };
    if (!isAdditive(data.unit)) {
        return [bars];
    }
    const line = {
        type: "line",
        order: 1,
        data: data.bars.map((bar) => bar.cumulative),
        borderColor: look.text,
        backgroundColor: look.text,
        borderWidth: 2,
        pointRadius: data.bars.length > MOST_NAMES ? 0 : 3,
        pointHoverRadius: 4,
        tension: 0,
        yAxisID: "share",
    };
    return [bars, line];
}

function scales(data, scale, look) {
    const font = { size: 11, family: look.font };
    const ticks = { color: look.muted, font };
    const names = data.bars.length <= MOST_NAMES && !look.narrow;
    return {
        x: {
            grid: { display: false },
            border: { color: look.grid },
            ticks: {
                ...ticks,
                display: names,
                maxRotation: 30,
                callback: (_value, index) => shorten(data.bars[index].label),
            },
        },
        y: {
            min: scale.min,
            max: scale.max,
            grid: { color: look.grid, drawTicks: false },
            border: { display: false },
            ticks: {
                ...ticks,
                stepSize: scale.step,
                padding: 6,
                callback: (value) => formatValue(value, data, true),
            },
        },
        share: {
            display: isAdditive(data.unit),
            position: "right",
            // Zero is at the same height on both sides, also when a customer's value is negative.
            min: scale.min / scale.max,
            max: 1,
            grid: { display: false },
            border: { display: false },
            afterBuildTicks: (axis) => {
                axis.ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => ({ value }));
            },
            ticks: { ...ticks, padding: 6, callback: (value) => `${Math.round(value * 100)}%` },
        },
    };
}

function shorten(label) {
    return label.length > NAME_LENGTH ? `${label.slice(0, NAME_LENGTH - 1)}…` : label;
}

/**
 * @param {Object} data see `customer.grade.chart`
 * @param {{min: number, max: number, step: number}} scale of the left axis
 * @param {Object} look colours and font, as the page has them
 * @returns {Object} what Chart.js draws
 */
export function paretoConfig(data, scale, look) {
    return {
        data: { labels: data.bars.map((bar) => bar.label), datasets: datasets(data, look) },
        options: {
            maintainAspectRatio: false,
            animation: { duration: 250 },
            interaction: { mode: "index", intersect: false },
            layout: { padding: { top: data.method === "rank" ? 26 : 8 } },
            scales: scales(data, scale, look),
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        title: (items) => barTitle(data.bars[items[0].dataIndex]),
                        label: (item) => barLines(data, data.bars[item.dataIndex], item),
                    },
                },
            },
        },
    };
}
