"""Pages of the care for staff: register, persons, meetings, incidents, cases, media, what is shared."""

from litestar import Router

from recruit.care.pages import cases, incidents, media, meetings, persons, register, sharing

router = Router(
    "/",
    route_handlers=[
        register.router, persons.router, meetings.router, incidents.router, cases.router, media.router,
        sharing.router,
    ],
)  # fmt: skip
