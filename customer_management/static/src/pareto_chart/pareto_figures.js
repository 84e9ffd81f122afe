import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatMonetary, formatPercentage } from "@web/views/fields/formatters";

// The axis reaches to a cut of up to so many times the largest bar; one further out stays at the edge.
const REACH = 3;
// How many lines the left axis has, about.
const STEPS = 5;

/** Only these can be added up to a total, of which a customer has a share. */
export function isAdditive(unit) {
    return unit === "money" || unit === "count";
}

/** Whether the cuts are percentages and not values of the metric. */
export function isPercent(method) {
    return method === "pareto" || method === "rank";
}

/** How a value is written in each unit, in full and short as on an axis. */
const FULL = {
    money: (value, currencyId) => formatMonetary(value, { currencyId }),
    ratio: (value) => formatPercentage(value, { digits: [false, 1] }),
    days: (value) => _t("%s days", plain(value)),
    months: (value) => _t("%s months", plain(value)),
};
const SHORT = {
    money: (value, currencyId) => {
        const digits = [false, Math.abs(value) >= 1000 ? 1 : 0];
        return withoutZeros(formatMonetary(value, { currencyId, digits, humanReadable: true }));
    },
    ratio: (value) => formatPercentage(value, { digits: [false, 0] }),
};

function plain(value) {
    return formatFloat(value, { digits: [false, 1], trailingZeros: false });
}

function short(value) {
    return withoutZeros(formatFloat(value, { humanReadable: true, decimals: 1 }));
}

/**
 * @param {number} value
 * @param {{unit: string, currency_id: number}} data
 * @param {boolean} [compact] short, as on an axis
 * @returns {string} the value in its unit, the way the user writes numbers
 */
export function formatValue(value, { unit, currency_id: currencyId }, compact = false) {
    const format = compact ? SHORT[unit] || short : FULL[unit] || plain;
    return format(value, currencyId);
}

/** Drop the decimals of “20.0k”: they say nothing. */
function withoutZeros(text) {
    return text.replace(/[.,٫]0(?!\d)/, "");
}

/**
 * @param {number} fraction
 * @returns {string} a percentage with one decimal; for the tables
 */
export function formatShare(fraction) {
    return formatPercentage(fraction, { digits: [false, 1], trailingZeros: true });
}

/** @returns {string} a cut as its handle shows it */
export function formatCut(cut, data) {
    if (isPercent(data.method)) {
        return formatPercentage(cut / 100, { digits: [false, 2] });
    }
    return formatValue(cut, data, Math.abs(cut) >= 1000);
}

/** @returns {number} the round number (1, 2 or 5 with zeros) that is at least this large */
export function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= value * (1 - 1e-9));
}

/**
 * @param {Object} data see `customer.grade.chart`
 * @param {number[]} cuts
 * @returns {{min: number, max: number, step: number}} the left axis, with round numbers
 */
export function valueScale(data, cuts) {
    const values = data.bars.map((bar) => bar.value);
    let top = Math.max(0, ...values);
    const bottom = Math.min(0, ...values);
    if (!isPercent(data.method)) {
        top = Math.max(top, ...cuts.filter((cut) => cut <= REACH * top || !top));
    }
    const step = roundUp((top - bottom || 1) / STEPS);
    return {
        min: Math.floor(bottom / step) * step,
        max: Math.max(Math.ceil(top / step), 1) * step,
        step,
    };
}

/** @returns {number} the step of a cut's handle */
export function cutStep(data, scale) {
    return isPercent(data.method) ? 1 : roundUp((scale.max - scale.min) / 200);
}

/** Whether a higher value earns a better grade: then thresholds fall from grade to grade. */
export function isRising(data, cuts) {
    if (cuts.length > 1) {
        return cuts[0] > cuts[1];
    }
    const values = data.bars.map((bar) => bar.value);
    return !values.length || values[0] >= values[values.length - 1];
}

/**
 * @param {number} index of the cut
 * @returns {[number, number]} the least and the largest value that keep the cuts in order
 */
export function cutBounds(data, cuts, index, step) {
    const before = cuts[index - 1];
    const after = cuts[index + 1];
    if (isPercent(data.method)) {
        return [(before ?? 0) + step, (after ?? 100) - step];
    }
    const [upper, lower] = isRising(data, cuts) ? [before, after] : [after, before];
    return [(lower ?? -Infinity) + step, (upper ?? Infinity) - step];
}

/**
 * The bars stand for customers; what comes after the last one with a value is not ranked.
 *
 * @returns {number} how many customers the percentages of the method `rank` are taken of
 */
export function rankedCustomers(data) {
    const bars = data.bars.filter((bar) => bar.value > 0);
    return data.ranked ?? bars.reduce((sum, bar) => sum + bar.customers, 0);
}

/** @returns {number} where along the bars (0 to 1) so many of the best customers end */
export function customersToPlace(data, customers) {
    let place = 0;
    for (const bar of data.bars) {
        if (customers <= bar.customers) {
            return (place + customers / bar.customers) / data.bars.length;
        }
        customers -= bar.customers;
        place++;
    }
    return 1;
}

/** @returns {number} how many of the best customers end at a place (0 to 1) along the bars */
export function placeToCustomers(data, place) {
    const slots = Math.max(place, 0) * data.bars.length;
    const whole = Math.floor(slots);
    const seen = data.bars.slice(0, whole).reduce((sum, bar) => sum + bar.customers, 0);
    return seen + (slots - whole) * (data.bars[whole]?.customers ?? 0);
}

/** @returns {{grade: number, bars: number, customers: number}[]} neighbours of one grade, together */
export function gradeBands(data) {
    const bands = [];
    for (const bar of data.bars) {
        const last = bands[bands.length - 1];
        if (last && last.grade === bar.grade) {
            last.bars++;
            last.customers += bar.customers;
        } else {
            bands.push({ grade: bar.grade, bars: 1, customers: bar.customers });
        }
    }
    return bands;
}
