from . import controllers, models, wizards
from .hooks import uninstall_hook
from . import models, wizards
from . import controllers, models, reports
