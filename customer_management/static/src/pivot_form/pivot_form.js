import { shownInPivot } from "@customer_management/form_print/shown_as_sheet";
import { patch } from "@web/core/utils/patch";
import { PivotController } from "@web/views/pivot/pivot_controller";

import { useSubEnv } from "@odoo/owl";

// The host loads pivots when the first one opens, so this comes with them.
patch(PivotController.prototype, {
    setup() {
        super.setup();
        useSubEnv({ shownAsSheet: () => shownInPivot(this) });
    },
});
