from . import controllers, models, reports
from .hooks import uninstall_hook
