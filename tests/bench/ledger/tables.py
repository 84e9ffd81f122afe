"""Writing rows: ids handed out in advance, and buffered COPY."""

import io

NULL = "\\N"
ENOUGH = 20000


class Ids:
    """Ids of one table, continuing its own."""

    def __init__(self, cursor, table):
        cursor.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')
        self.cursor, self.table = cursor, table
        self.first = self.next = cursor.fetchone()[0]

    def take(self, count=1):
        """Return the first of ``count`` new ids."""
        taken = self.next
        self.next += count
        return taken

    def close(self):
        """Let the table's sequence go on after what was taken."""
        self.cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1))", (self.table, self.next - 1)
        )


def columns(cursor, table):
    """Return {column: must be given} of a table."""
    cursor.execute(
        "SELECT column_name, is_nullable = 'NO' AND column_default IS NULL FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s",
        (table,),
    )
    return dict(cursor.fetchall())


def text(value):
    """Return a value as COPY reads it."""
    if value is None:
        return NULL
    if value is True:
        return "t"
    if value is False:
        return "f"
    return str(value)


class Table:
    """Rows on their way into one table.

    ``given`` names what each row gives; ``same`` holds what all rows have in common, taken only where
    the table has such a column; a column that must be filled and is in neither starts with its model's
    default, or as false for a flag.
    """

    def __init__(self, cursor, name, given, same=None, defaults=None):
        present = columns(cursor, name)
        same = {key: value for key, value in (same or {}).items() if key in present}
        for key, must in present.items():
            if key in given or key in same:
                continue
            if key in (defaults or {}):
                same[key] = defaults[key]
            elif must:
                same[key] = False
        self.cursor, self.given, self.total = cursor, given, 0
        self.sql = f'COPY "{name}" ({", ".join([*given, *same])}) FROM STDIN'
        self.tail = "".join("\t" + text(value) for value in same.values()) + "\n"
        self.lines = []

    def add(self, *values):
        """Take one row: its values in the order of ``given``."""
        self.lines.append("\t".join([text(value) for value in values]) + self.tail)
        if len(self.lines) >= ENOUGH:
            self.flush()

    def flush(self):
        if self.lines:
            self.cursor.copy_expert(self.sql, io.StringIO("".join(self.lines)))
            self.total += len(self.lines)
            self.lines = []


class Indexes:
    """The secondary indexes of large tables: dropped while they fill, then made again."""

    def __init__(self, cursor, tables):
        self.cursor, self.saved = cursor, []
        for table in tables:
            cursor.execute(
                "SELECT i.relname, pg_get_indexdef(i.oid) "
                "FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
                "WHERE x.indrelid = %s::regclass AND NOT x.indisunique "
                "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid)",
                (table,),
            )
            for name, definition in cursor.fetchall():
                self.saved.append(definition)
                cursor.execute(f'DROP INDEX "{name}"')

    def restore(self):
        for definition in self.saved:
            self.cursor.execute(definition)
        return len(self.saved)
