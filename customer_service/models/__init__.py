from . import (
    service_team,
    complaint_kind,
    complaint_cause,
    complaint,
    complaint_finding,
    complaint_hooks,
    complaint_steps,
    complaint_stage,
    complaint_line,
    demo_complaints,
)
