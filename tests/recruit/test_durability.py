"""Saved means committed: the server is killed in the middle of a stream of saves, fifty times."""

import asyncio
import os
import random
import signal
import subprocess
import sys

import httpx
import make
import pytest
from terminal import free_port

from competences.assessments.tables import Rating

KILLS = 50


def start(url: str, port: int) -> subprocess.Popen:
    """Start a real server on the database of the tests, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "recruit", "serve", "--port", str(port)],
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


async def answering(client: httpx.AsyncClient, process: subprocess.Popen) -> None:
    """Wait until the server answers; the tries are bounded."""
    for _try in range(1200):
        try:
            await client.get("/cover")
        except httpx.TransportError:
            assert process.poll() is None, process.stderr.read()
            await asyncio.sleep(0.05)
        else:
            return
    pytest.fail("the server did not start")


async def save_on_and_on(
    client, card: int, item: int, acknowledged: dict[int, int], count: list[int]
) -> None:
    """Save rising numbers as evidence of one competence until the connection breaks."""
    row = await Rating.select(Rating.version).where(Rating.competence == item).first()
    version = row["version"] if row else 0
    while True:
        count[0] += 1
        number = count[0]
        sent = {f"level-{item}": "3", f"evidence-{item}": str(number), f"version-{item}": str(version)}
        try:
            answer = await client.post(
                f"/scorecards/{card}/ratings/{item}", data=sent, headers={"HX-Request": "true"}
            )
        except httpx.TransportError:
            return
        if answer.status_code == 200 and "Saved" in answer.text:
            acknowledged[item], version = number, version + 1


@pytest.mark.slow
async def test_every_save_that_was_answered_saved_is_there_after_kill_9(server, db):
    made = await make.panel(codes=("A1", "A2", "B1", "B4"))
    card = await make.started(made)
    cookie = await make.session_of(made.people[0])
    port = free_port()
    acknowledged: dict[int, int] = {}
    count = [0]
    dice = random.Random(7)
    for _kill in range(KILLS):
        process = start(server, port)
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                client.cookies.set("session", cookie)
                await answering(client, process)
                client.headers["x-csrftoken"] = client.cookies["csrf"]
                page = (await client.get(f"/scorecards/{card}/a")).text
                items = [int(part.split('"')[0]) for part in page.split('data-competence="')[1:]]
                saves = [
                    asyncio.create_task(save_on_and_on(client, card, item, acknowledged, count))
                    for item in items
                ]
                await asyncio.sleep(
                    dice.uniform(0.02, 0.25)
                )  # not a wait for anything: the moment of the kill
                os.killpg(process.pid, signal.SIGKILL)
                await asyncio.gather(*saves)
        finally:
            process.kill()
            process.wait()
        stored = {row["competence"]: int(row["evidence"]) for row in await Rating.select()}
        lost = {item: number for item, number in acknowledged.items() if stored.get(item, 0) < number}
        assert not lost, "a save was answered and is gone"
    assert len(acknowledged) == len(items)
