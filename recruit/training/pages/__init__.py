"""Handlers of training, one module for each noun."""

from litestar import Router

from recruit.training.pages import courses

router = Router("/", route_handlers=[courses.router])
