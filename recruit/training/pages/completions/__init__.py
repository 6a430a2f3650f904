"""Completions: the list, one of them, recording and correcting, and files of them."""

from litestar import Router

from recruit.training.pages.completions import corrections, exports, reading, records

router = Router("/", route_handlers=[reading.router, records.router, corrections.router, exports.router])
