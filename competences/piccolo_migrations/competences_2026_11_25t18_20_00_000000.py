"""Numbers of support plans and their parts leap, so that whoever sees two of them cannot tell how many lie between."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-25T18:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "numbers of support leap"

TABLES = ("support_plan", "plan_need", "measure", "check_in", "flag", "plan_reader")

# After the row has its own number: between 1 and 500 are passed over. Going on only, it is safe for many at a time.
FORWARDS = r"""
CREATE FUNCTION number_leaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval(pg_get_serial_sequence(tg_table_name, 'id'))
    FROM generate_series(1, 1 + (random() * 500)::int);
    RETURN new;
END $$;
""" + "".join(
    f"CREATE TRIGGER number_leaps AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION number_leaps();\n"
    for table in TABLES
)

BACKWARDS = (
    "".join(f"DROP TRIGGER number_leaps ON {table};\n" for table in TABLES) + "DROP FUNCTION number_leaps;"
)


class Script(Table):
    """Only a way to the engine."""


async def forwards() -> MigrationManager:
    """Register both directions."""
    manager = MigrationManager(migration_id=ID, app_name="competences", description=DESCRIPTION)

    async def run() -> None:
        await execute(FORWARDS)

    async def run_backwards() -> None:
        await execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager


async def execute(script: str) -> None:
    """Run several statements at once, in the migration's transaction."""
    transaction = Script._meta.db.current_transaction.get()
    await transaction.connection.execute(script)
