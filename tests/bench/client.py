"""A small HTTP client over connections that stay open: it costs little, so what is measured is the server."""

import asyncio
import gzip
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Answer:
    """What came back. `body` is as it was on the wire."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return plain.decode()


@dataclass
class Client:
    """One connection, and the cookies that it keeps."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader = None
    writer: asyncio.StreamWriter = None
    used: float = float("-inf")

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.send("GET", path, b"", headers)

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        headers |= {"content-type": "application/x-www-form-urlencoded", "x-csrftoken": self.cookies["csrf"]}
        return await self.send("POST", path, urlencode(fields).encode(), headers)

    async def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if time.perf_counter() - self.used > 15:  # the server ends connections that rest
            self.close()
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self.port}", "accept-encoding: gzip"]
        lines += [f"cookie: {cookies}"] if cookies else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"content-length: {len(body)}"] if method == "POST" else []
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        answer = await self._answer()
        self.cookies |= answer.cookies
        self.used = time.perf_counter()
        return answer

    async def _answer(self) -> Answer:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers, cookies = {}, {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _, rest = value.strip().partition("=")
                cookies[key] = rest.split(";")[0]
            headers[name.lower()] = value.strip()
        body = await self._body(headers)
        return Answer(int(head[0].split()[1]), headers, cookies, body)

    async def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()


async def signed_in(port: int, email: str, password: str) -> dict[str, str]:
    """Sign in as a person does; return the cookies."""
    client = Client(port)
    await client.get("/sign-in")
    answer = await client.post("/sign-in", {"email": email, "password": password, "next": "/"})
    assert answer.status == 303, f"signing in answered {answer.status}"
    client.close()
    return client.cookies


@dataclass
class Load:
    """What so many requests took, in seconds: each, and all together."""

    each: list[float]
    wall: float

    def at(self, share: float) -> float:
        """Return the milliseconds that `share` of the requests stayed within."""
        ordered = sorted(self.each)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        return len(self.each) / self.wall


async def load(asks, count: int) -> Load:
    """Ask `count` times over as many connections as there are in `asks`, functions that ask once."""
    each: list[float] = []

    async def worker(ask, times: int) -> None:
        for _ in range(times):
            start = time.perf_counter()
            await ask()
            each.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(worker(ask, count // len(asks)) for ask in asks))
    return Load(each, time.perf_counter() - start)
