"""Registers the tables of the domain with Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="competences",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        exclude_imported=True,
        modules=[
            f"competences.{slice_}.tables"
            for slice_ in (
                "audit",
                "people",
                "frameworks",
                "role_profiles",
                "assessments",
                "plans",
                "coverage",
            )
        ]
        + [
            f"competences.training.tables.{noun}"
            for noun in ("courses", "sessions", "completions", "lone_work")
        ],
    ),
    migration_dependencies=[],
    commands=[],
)
