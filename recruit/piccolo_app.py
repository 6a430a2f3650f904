"""Registers the tables of hiring and of accounts with Piccolo."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="recruit",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        exclude_imported=True,
        modules=[
            f"recruit.{slice_}.tables"
            for slice_ in (
                "accounts",
                "vacancies",
                "applications",
                "panels",
                "practice",
                "consensus",
                "decisions",
                "equality",
            )
        ],
    ),
    migration_dependencies=["competences.piccolo_app"],
    commands=[],
)
