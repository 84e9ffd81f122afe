"""An Odoo environment in a plain Python process."""

import logging
import threading
from contextlib import contextmanager

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextmanager
def opened(path, database, user=api.SUPERUSER_ID, **context):
    """Open a database with the addons of a configuration file; nothing is committed by itself."""
    # A configuration file may say False where Odoo would have nothing; Odoo warns and means the same.
    logging.getLogger("odoo.tools.config").setLevel(logging.ERROR)
    config.parse_config(["-c", str(path), "-d", database, "--log-level=warn"], setup_logging=True)
    threading.current_thread().dbname = database
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, user, {"lang": "en_US", "tz": "UTC", **context})
        cr.rollback()
