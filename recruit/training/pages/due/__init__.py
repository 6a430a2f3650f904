"""What is due, course by course, and inviting those for whom it is."""

from litestar import Router

from recruit.training.pages.due import board, course

router = Router("/", route_handlers=[board.router, course.router])
