"""Pages of courses: reading them, writing versions, what belongs to them, what lone work asks for."""

from litestar import Router

from recruit.training.pages.courses import drafts, lone_work_needs, materials, reading, requirements

router = Router(
    "/",
    route_handlers=[
        reading.router, drafts.router, requirements.router, materials.router, lone_work_needs.router,
    ],
)  # fmt: skip
