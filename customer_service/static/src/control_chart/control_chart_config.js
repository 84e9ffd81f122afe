import { _t } from "@web/core/l10n/translation";

/**
 * @param {Object} data months, counts, mean, low and high, and which counts are outside
 * @param {Object} look colours and font of the page
 * @returns {Object} what Chart.js draws
 */
export function controlConfig(data, look) {
    const flat = (value) => data.months.map(() => value);
    const limit = (label, value, dash) => ({
        type: "line",
        label,
        data: flat(value),
        borderColor: dash ? look.alarm : look.muted,
        borderWidth: 1.5,
        borderDash: dash,
        pointRadius: 0,
        pointHitRadius: 0,
    });
    const colors = data.outside.map((outside) => (outside ? look.alarm : look.line));
    const font = { size: 11, family: look.font };
    const ticks = { color: look.muted, font };
    return {
        data: {
            labels: data.months,
            datasets: [
                {
                    type: "line",
                    label: _t("Complaints"),
                    data: data.counts,
                    borderColor: look.line,
                    backgroundColor: colors,
                    pointBackgroundColor: colors,
                    pointBorderColor: colors,
                    pointStyle: data.outside.map((outside) => (outside ? "rectRot" : "circle")),
                    pointRadius: data.outside.map((outside) => (outside ? 7 : 4)),
                    borderWidth: 2,
                    tension: 0,
                },
                limit(_t("Mean"), data.mean),
                limit(_t("Upper Limit"), data.high, [6, 4]),
                limit(_t("Lower Limit"), data.low, [6, 4]),
            ],
        },
        options: {
            maintainAspectRatio: false,
            animation: { duration: 250 },
            interaction: { mode: "index", intersect: false },
            scales: {
                x: { grid: { display: false }, border: { color: look.grid }, ticks },
                y: {
                    beginAtZero: true,
                    grid: { color: look.grid, drawTicks: false },
                    border: { display: false },
                    ticks: { ...ticks, precision: 0, padding: 6 },
                },
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        label: ({ dataset, parsed }) =>
                            `${dataset.label}: ${Math.round(parsed.y * 10) / 10}`,
                    },
                },
            },
        },
    };
}
