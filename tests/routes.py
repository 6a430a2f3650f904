"""Every route of the application with its places filled in: whoever adds one is tested at once."""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

#: Addresses whose reading is written into the log, so that the log itself differs after them. They hold dates and totals.
TRACED = ("/register.xlsx", "/funder-report", "/totals.xlsx")


class Route(NamedTuple):
    """One method of one address."""

    method: str
    path: str
    handler: HTTPRouteHandler


def every(app: Litestar) -> Iterator[Route]:
    """All routes but the static files' and the automatic OPTIONS."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                if not route.path.startswith("/static"):
                    yield Route(method, route.path_format, handler)


def filled(path: str, places: dict[str, list[object]]) -> list[str]:
    """Return `path` with each combination of what `places` offers for its parameters.

    Raises:
        KeyError: a parameter that no test knows yet; add it where the places are made.
    """
    names = re.findall(r"{(\w+)(?::\w+)?}", path)
    template = re.sub(r"{(\w+)(?::\w+)?}", "{}", path)
    return [template.format(*choice) for choice in product(*(places[name] for name in names))]
