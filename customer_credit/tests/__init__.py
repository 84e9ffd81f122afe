from . import (
    test_aging,
    test_aging_access,
    test_aging_branches,
    test_aging_buckets,
    test_aging_random_ledger,
    test_aging_report,
    test_aging_sheet,
    test_alert_rules,
    test_assessment_models,
    test_exposure,
    test_known,
    test_tour,
)
