"""Pages of people: who they are, where they stand, what role they have; and staff records."""

from litestar import Router

from recruit.people.pages import history, persons, records, roles

router = Router("/", route_handlers=[persons.router, history.router, roles.router, records.router])
