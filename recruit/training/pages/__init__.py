"""Handlers of training, one module for each noun."""

from litestar import Router

router = Router("/", route_handlers=[])
