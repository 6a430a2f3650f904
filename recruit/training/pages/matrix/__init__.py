"""People by courses: who is in date with what."""

from litestar import Router

from recruit.training.pages.matrix import exports, reading

router = Router("/", route_handlers=[reading.router, exports.router])
