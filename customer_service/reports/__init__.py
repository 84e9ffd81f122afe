from . import (
    complaint_delivery,
    complaint_analysis,
    complaint_statistics,
)
