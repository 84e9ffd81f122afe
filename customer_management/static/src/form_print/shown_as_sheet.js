import { orderByToString } from "@web/search/utils/order_by";
import { patch } from "@web/core/utils/patch";
import { ListController } from "@web/views/list/list_controller";

import { useSubEnv } from "@odoo/owl";

/**
 * Return the paths of values of the groups that are unfolded in a pivot.
 *
 * @param {Object} tree rows or columns of the pivot's data
 * @returns {Array[]}
 */
export function openPaths(tree) {
    const below = [...tree.directSubTrees.values()].flatMap(openPaths);
    return tree.directSubTrees.size ? [tree.root.values, ...below] : below;
}

/**
 * Return what a list shows, as the server takes it to print the same.
 *
 * @param {ListController} controller
 * @returns {Object}
 */
export function shownInList({ archInfo, optionalActiveFields, model }) {
    const { context, domain, groupBy, orderBy } = model.root;
    const columns = archInfo.columns
        .filter((column) => column.type === "field")
        .filter((column) => !column.optional || optionalActiveFields[column.name]);
    return {
        view_type: "list",
        domain,
        context,
        group_by: groupBy,
        order: orderByToString(orderBy) || null,
        columns: columns.map((column) => column.name),
    };
}

/**
 * Return what a pivot shows, as the server takes it to print the same.
 *
 * @param {Object} controller
 * @returns {Object}
 */
export function shownInPivot({ model }) {
    const { data, metaData, searchParams } = model;
    const { activeMeasures, fullColGroupBys, fullRowGroupBys, sortedColumn } = metaData;
    return {
        view_type: "pivot",
        domain: searchParams.domain,
        context: searchParams.context,
        group_by: fullRowGroupBys,
        column_groups: fullColGroupBys,
        measures: activeMeasures,
        open_rows: openPaths(data.rowGroupTree),
        open_columns: openPaths(data.colGroupTree),
        sort: sortedColumn && {
            measure: sortedColumn.measure,
            order: sortedColumn.order,
            column: sortedColumn.groupId[1],
        },
    };
}

patch(ListController.prototype, {
    setup() {
        super.setup();
        useSubEnv({ shownAsSheet: () => shownInList(this) });
    },
});
