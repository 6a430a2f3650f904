"""The live stream: what it tells, to whom, and that it ends."""

import asyncio
from contextlib import suppress

import make
import pytest
import pytest_asyncio

from competences.errors import NotFound
from recruit.accounts.tables import Session
from recruit.consensus import pages
from recruit.panels.tables import PanelMember
from recruit.web.live import Channel, changes

APART = ({"A1": 2, "B4": 4, "E3": 4}, {"A1": 4, "B4": 4, "E3": 3})


@pytest_asyncio.fixture
async def channel(db):
    made = Channel("consensus")
    yield made
    await made.close()


async def anybody():
    return None


async def following(stream, within=5.0):
    return await asyncio.wait_for(anext(stream), within)


async def test_a_change_reaches_the_readers_of_that_vacancy_only(channel):
    made = await make.opened(APART)
    here = changes(channel, str(made.vacancy.id), anybody)
    elsewhere = changes(channel, "987654", anybody, heartbeat=0.3)
    for stream in (here, elsewhere):
        assert (await following(stream)).event == "change", "a page that just opened looks once"
    waiting = asyncio.ensure_future(anext(here))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await make.agreed(made, "A1", 3)
    message = await asyncio.wait_for(waiting, 5)
    assert (message.event, message.data) == ("change", "1"), "the stream says that, never what"
    assert (await following(elsewhere)).comment == "still here"


async def test_a_different_view_is_told_too(channel):
    from competences.people.reach import Reach
    from recruit.consensus import commands

    made = await make.opened(APART)
    await make.agreed(made, "A1", 3)
    stream = changes(channel, str(made.vacancy.id), anybody)
    await following(stream)
    at = (made.vacancy.id, made.applications[0].id, await make.criterion_id(made, "A1"))
    await commands.dissent(await make.actor(made.people[0]), Reach.OWN, *at, "No.", "")
    assert (await following(stream)).event == "change"


async def test_nothing_is_told_when_the_write_was_rolled_back(channel):
    made = await make.opened(APART)
    stream = changes(channel, str(made.vacancy.id), anybody, heartbeat=0.3)
    await following(stream)
    from recruit.consensus.tables import AgreedLevel

    with suppress(ZeroDivisionError):
        async with AgreedLevel._meta.db.transaction():
            await make.agreed(made, "A1", 3)
            1 / 0  # noqa: B018
    assert (await following(stream)).comment == "still here"


async def test_permission_is_asked_again_before_each_message(channel):
    made = await make.opened(APART)
    secret = await make.session_of(made.people[1])

    async def may_read():
        await pages.may_listen(secret, made.vacancy.id)

    stream = changes(channel, str(made.vacancy.id), may_read)
    await following(stream)
    await PanelMember.update({PanelMember.left_at: PanelMember.declared_at}).where(
        PanelMember.id == made.members[1].id
    )
    await make.agreed(made, "A1", 3)
    with pytest.raises(StopAsyncIteration):
        await following(stream)


async def test_a_stream_ends_with_the_session(channel):
    made = await make.opened(APART)
    secret = await make.session_of(made.people[0])
    await pages.may_listen(secret, made.vacancy.id)
    await Session.delete(force=True)
    with pytest.raises(NotFound):
        await pages.may_listen(secret, made.vacancy.id)


async def test_listening_does_not_keep_a_session_awake(channel):
    made = await make.opened(APART)
    secret = await make.session_of(made.people[0])
    from datetime import UTC, datetime, timedelta

    before = datetime.now(UTC) - timedelta(minutes=5)
    await Session.update({Session.seen_at: before}, force=True)
    await pages.may_listen(secret, made.vacancy.id)
    assert (await Session.select(Session.seen_at).first())["seen_at"] == before


async def test_closing_ends_every_stream_and_leaves_nobody_listed(channel):
    stream = changes(channel, "1", anybody)
    await following(stream)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.05)
    await channel.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(waiting, 2)
    assert not channel._readers


async def test_a_lost_connection_is_made_again(channel):
    made = await make.opened(APART)
    stream = changes(channel, str(made.vacancy.id), anybody, heartbeat=0.3)
    await following(stream)
    channel._connection.terminate()
    await asyncio.sleep(0.05)
    while (await following(stream)).event == "change":
        pass
    await make.agreed(made, "A1", 3)
    assert (await following(stream)).event == "change"


async def test_the_address_answers_with_a_stream(app, db):
    made = await make.opened(APART)
    sent, gone = [], asyncio.Event()

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)
        if message["type"] == "http.response.body" and message.get("body"):
            gone.set()

    scope = {
        "type": "http", "method": "GET", "path": f"/vacancies/{made.vacancy.id}/consensus/events", "raw_path": b"",
        "query_string": b"", "headers": [(b"cookie", f"session={await make.session_of(made.people[0])}".encode())],
        "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1), "root_path": "",
        "asgi": {"version": "3.0"}, "extensions": {}, "state": {},
    }  # fmt: skip
    try:
        await asyncio.wait_for(app(scope, receive, send), 10)
        headers = dict(sent[0]["headers"])
        assert sent[0]["status"] == 200
        assert headers[b"content-type"].startswith(b"text/event-stream")
        assert b"content-encoding" not in headers
        assert sent[1]["body"] == b"event: change\r\ndata: 1\r\n\r\n"
    finally:
        connection, pages.LIVE._connection = pages.LIVE._connection, None
        if connection is not None:
            await connection.close()
