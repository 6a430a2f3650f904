"""A Litestar application that does nothing but return so many bytes: what everything else is compared with."""

from litestar import Litestar, Response, get
from litestar.enums import MediaType
from litestar.params import FromPath


@get("/bytes/{count:int}")
async def so_many(count: FromPath[int]) -> Response[str]:
    return Response("x" * count, media_type=MediaType.HTML)


def create_app() -> Litestar:
    return Litestar([so_many], openapi_config=None, logging_config=None)
