"""A pytest plugin: each worker has its own copy of the attachments' files.

pytest-odoo lets the workers share the files of the database they were copied from. But Odoo's
tests collect garbage at the end of each class, and what one worker's database does not know,
another's may be about to read.
"""

import contextlib
import shutil
from pathlib import Path

import pytest_odoo

import odoo.tools

from databases import link


@contextlib.contextmanager
def own_filestore(original, database):
    """Copy the files of a database to a worker's copy of it, for as long as that lives.

    :param original: the name of the database that was copied
    :param database: the name of the worker's copy
    """
    files = Path(odoo.tools.config["data_dir"]) / "filestore"
    if database == original:
        yield
        return
    shutil.rmtree(files / database, ignore_errors=True)
    if (files / original).exists():
        shutil.copytree(files / original, files / database, copy_function=link)
    try:
        yield
    finally:
        shutil.rmtree(files / database, ignore_errors=True)


def pytest_configure(config):
    if not hasattr(pytest_odoo, "_shared_filestore"):
        raise RuntimeError("pytest-odoo has changed: look how its workers find their files now")
    pytest_odoo._shared_filestore = own_filestore
