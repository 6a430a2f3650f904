"""What Piccolo asks for: the engine and the apps."""

import os

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine


class Engine(PostgresEngine):
    """PostgreSQL whose address is not known yet when this module is imported."""

    async def check_version(self) -> None:
        """Ask nothing: there may be no server yet. `recruit check` looks at the version."""


# The command line starts the embedded server and puts its address here before anything connects.
DB = Engine(config={"dsn": os.environ.get("DATABASE_URL", "")})

APP_REGISTRY = AppRegistry(apps=["competences.piccolo_app", "recruit.piccolo_app"])
