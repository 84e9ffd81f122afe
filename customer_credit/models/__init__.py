from . import (
    account_move_line,
    account_partial_reconcile,
    aging_engine,
    aging_bucket_set,
    aging_bucket,
    aging_report,
    aging_report_bucket,
    aging_item,
    aging_check,
    aging_sheet,
    metric_receivable,
    res_partner,
)
