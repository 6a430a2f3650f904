"""Pages of frameworks: reading them, the life of a version, the words of a draft."""

from litestar import Router

from recruit.frameworks.pages import drafts, reading, versions

router = Router("/", route_handlers=[reading.router, versions.router, drafts.router])
