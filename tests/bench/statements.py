"""How many statements a request sends to the database, counted where asyncpg sends them."""

import asyncpg
import httpx

from recruit.app import create_app
from recruit.settings import load


class Counter:
    """Counts while it is the context: every statement but those that begin and end transactions."""

    def __enter__(self):
        self.texts: list[str] = []
        self.real = real = asyncpg.Connection._execute

        async def counted(connection, query, *args, **kwargs):
            self.texts.append(query)
            return await real(connection, query, *args, **kwargs)

        asyncpg.Connection._execute = counted
        return self

    def __exit__(self, *_):
        asyncpg.Connection._execute = self.real


async def counted(cookies: dict[str, str], asks: dict[str, tuple]) -> dict[str, int]:
    """Return the statements of each of `asks` (method, path, fields, headers) on a warm application."""
    transport = httpx.ASGITransport(app=create_app(load(), pool=False))
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies=cookies) as client:
        client.headers["x-csrftoken"] = cookies["csrf"]
        for name, (method, path, fields, headers) in asks.items():
            for again in range(2):
                sent = {
                    key: f"{value}{again}" if key.startswith("evidence") else value
                    for key, value in fields.items()
                }
                if again:
                    sent = {
                        key: str(int(value) + 1) if key.startswith("version") else value
                        for key, value in sent.items()
                    }
                with Counter() as counter:
                    answer = await client.request(method, path, data=sent or None, headers=headers)
                assert answer.status_code == 200, (name, answer.status_code, answer.text[:300])
            found[name] = len(counter.texts)
    return found
