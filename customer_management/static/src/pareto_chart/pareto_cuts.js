import { Component, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { clamp } from "@web/core/utils/numbers";
import { useBus } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

import {
    customersToPlace,
    cutBounds,
    cutStep,
    formatCut,
    isPercent,
    placeToCustomers,
    rankedCustomers,
} from "./pareto_figures";

// Handles closer than this to each other are set side by side.
const HANDLE_HEIGHT = 24;
const STRIDES = {
    ArrowUp: 1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowLeft: -1,
    PageUp: 5,
    PageDown: -5,
};

/** The lines where grades end, over the chart; with `onChange` their labels are handles. */
export class ParetoCuts extends Component {
    static template = "customer_management.ParetoCuts";
    static props = {
        data: Object,
        cuts: { type: Array, element: Object },
        scale: Object,
        area: Object,
        bus: { type: Object, optional: true },
        onChange: { type: Function, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ moving: null, value: 0 });
        this.commitLater = useDebounced(() => this.commit(), 300);
        if (this.props.bus) {
            useBus(this.props.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
                detail.proms.push(this.commit())
            );
        }
        // The pointer may leave the handle while it drags it.
        useExternalListener(window, "pointermove", this.onPointerMove);
        useExternalListener(window, "pointerup", this.onPointerUp);
        useExternalListener(window, "pointercancel", this.onPointerUp);
    }

    get vertical() {
        return this.props.data.method !== "rank";
    }

    get values() {
        return this.props.cuts.map((cut, index) =>
            index === this.state.moving ? this.state.value : cut.value
        );
    }

    get step() {
        return cutStep(this.props.data, this.props.scale);
    }

    /** @returns {Object[]} what the template shows of each cut */
    get lines() {
        let previous = null;
        return this.props.cuts.map((cut, index) => {
            const value = this.values[index];
            const [at, outside] = this.place(value);
            const near = previous && Math.abs(previous.at - at) < HANDLE_HEIGHT;
            const line = {
                ...cut,
                index,
                value,
                at,
                outside,
                level: near && this.vertical ? previous.level + 1 : 0,
                text: formatCut(value, this.props.data),
                moving: index === this.state.moving,
                style: ["dashed", "dotted", "double"][index % 3],
            };
            previous = line;
            return line;
        });
    }

    /**
     * @returns {[number, boolean]} pixels from the top (or the left, for the method rank) of the
     *     plotting area, and whether the cut lies outside of it
     */
    place(value) {
        const { data, scale, area } = this.props;
        if (!this.vertical) {
            return [
                customersToPlace(data, (value / 100) * rankedCustomers(data)) * area.width,
                false,
            ];
        }
        const least = scale.min / scale.max;
        const part = isPercent(data.method)
            ? (value / 100 - least) / (1 - least)
            : (value - scale.min) / (scale.max - scale.min);
        return [(1 - clamp(part, 0, 1)) * area.height, part > 1 || part < 0];
    }

    /** The reverse of `place`, in whole steps. */
    valueAt(pixels) {
        const { data, scale, area } = this.props;
        if (!this.vertical) {
            const customers = placeToCustomers(data, clamp(pixels / area.width, 0, 1));
            return this.snap((customers / (rankedCustomers(data) || 1)) * 100);
        }
        const part = 1 - clamp(pixels / area.height, 0, 1);
        const least = scale.min / scale.max;
        return this.snap(
            isPercent(data.method)
                ? (part * (1 - least) + least) * 100
                : scale.min + part * (scale.max - scale.min)
        );
    }

    snap(value) {
        return Math.round(Math.round(value / this.step) * this.step * 1e6) / 1e6;
    }

    bounds(index) {
        return cutBounds(this.props.data, this.values, index, this.step);
    }

    /** What a screen reader says of a handle. */
    attributes(line) {
        if (!this.props.onChange) {
            return {};
        }
        const [min, max] = this.bounds(line.index);
        return {
            role: "slider",
            tabindex: 0,
            "aria-label": _t("Cut of grade %s", line.name),
            "aria-orientation": this.vertical ? "vertical" : "horizontal",
            "aria-valuemin": Number.isFinite(min) ? min : undefined,
            "aria-valuemax": Number.isFinite(max) ? max : undefined,
            "aria-valuenow": line.value,
            "aria-valuetext": line.text,
        };
    }

    get help() {
        return this.props.onChange ? _t("Drag, or focus and use the arrow keys") : undefined;
    }

    move(index, value) {
        if (this.state.moving !== index) {
            this.commit();
        }
        const [min, max] = this.bounds(index);
        value = min > max ? value : clamp(value, min, max);
        Object.assign(this.state, { moving: index, value });
        this.commitLater();
    }

    /** Write the cut that was moved, if any. */
    async commit() {
        const { moving: index, value } = this.state;
        const cut = index === null ? null : this.props.cuts[index];
        if (cut && cut.value !== value) {
            await this.props.onChange(cut.key, value);
        }
        if (!this.dragging && this.state.moving === index && this.state.value === value) {
            this.state.moving = null;
        }
    }

    onPointerDown(ev, line) {
        if (!this.props.onChange || ev.button) {
            return;
        }
        ev.preventDefault();
        ev.currentTarget.focus({ preventScroll: true });
        const grip = this.pixels(ev) - this.place(this.values[line.index])[0];
        this.dragging = { index: line.index, grip };
    }

    onPointerMove(ev) {
        if (this.dragging) {
            const { index, grip } = this.dragging;
            this.move(index, this.valueAt(this.pixels(ev) - grip));
        }
    }

    async onPointerUp() {
        if (this.dragging) {
            this.dragging = null;
            await this.commit();
        }
    }

    pixels(ev) {
        const box = this.root.el.getBoundingClientRect();
        return this.vertical ? ev.clientY - box.top : ev.clientX - box.left;
    }

    onKeydown(ev, line) {
        const stride = STRIDES[ev.key];
        if (!this.props.onChange || !stride) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.move(line.index, this.snap(this.values[line.index] + stride * this.step));
    }
}
