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
                "sealing",
                "people",
                "frameworks",
                "role_profiles",
                "assessments",
                "plans",
                "coverage",
                "care",
            )
        ]
        + [
            f"competences.training.tables.{noun}"
            for noun in ("courses", "sessions", "completions", "lone_work")
        ]
        + [f"competences.support.tables.{noun}" for noun in ("catalogue", "plans", "log")],
    ),
    migration_dependencies=[],
    commands=[],
)
