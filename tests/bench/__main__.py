"""make bench: what pages cost on a freshly filled database. Prints what misses an aim; fails on none.

Processor time is what counts: the client and the database share the machine with the server.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
FOLDER = Path(tempfile.mkdtemp(prefix="recruit-bench-"))
os.environ |= {"RECRUIT_DATA": str(FOLDER), "RECRUIT_DEMO": ""}

from competences.people.tables import Person
from recruit import database
from recruit.accounts.rules import DEMO_PASSWORD
from recruit.cli.upkeep import load_starters
from recruit.demo import fill, scale
from recruit.settings import load as settings
from tests import make
from tests.bench import scores
from tests.bench.attendance import taps, with_session
from tests.bench.care import with_care
from tests.bench.client import Client, Load, load, signed_in
from tests.bench.cover import searches
from tests.bench.matrix import costs, ten_times, with_courses
from tests.bench.processes import free_port, postmaster, seconds, serving
from tests.bench.rounds import items, talk, with_assessments
from tests.bench.statements import counted
from tests.bench.support import with_plan
from tests.bench.team import with_team

APPLICATIONS, STAFF, MORE = 2000, 200, 9
CONNECTIONS, WARM, ALONE, TOGETHER = 8, 80, 200, 800
MANAGER = "mara.keller@demo.example"
CPU, QUERIES, VISIT_BYTES, VISIT_REQUESTS = 3.0, 8, 60_000, 6
LARGE, FRESH_CPU, KEPT_CPU = (200, 4, 10), 150.0, 5.0
LEADER, SUPPORT, TRAINER = "leader@bench.example", "support@bench.example", "trainer@bench.example"
MATRIX_CPU, GROWTH = 60.0, 1.5
#: ms of CPU a request, where a page has more to do than the others; matrix and due board have aims of their own.
LIMITS = {"team coverage": 20.0, "what is due to 500": 50.0, "Today, leading 500": 20.0, "support plan": 5.0}
console = Console(width=150)


@dataclass
class Page:
    """Something to ask for. Saves have a place of their own for each connection."""

    name: str
    method: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    who: str = MANAGER


@dataclass
class Result:
    """What one page cost."""

    page: Page
    alone: Load
    together: Load
    server: float
    database: float
    plain: int
    packed: int
    bare: Load
    bare_server: float


async def filled(people: int) -> None:
    async with database.pool():
        await database.migrate()
        await load_starters()
        await fill.fill(lambda _step: None)
        await scale.scale(people, console)


_CARDS = """
SELECT s.id, k.competence, lower(d.code) AS domain, coalesce(r.version, 0) AS version
FROM scorecard s JOIN panel_member m ON m.id = s.member JOIN person p ON p.id = m.person
JOIN assessment a ON a.id = s.assessment JOIN application ap ON ap.id = s.application
JOIN vacancy v ON v.id = ap.vacancy JOIN criterion k ON k.vacancy = v.id
JOIN competence c ON c.id = k.competence JOIN domain d ON d.id = c.domain
LEFT JOIN rating r ON r.assessment = a.id AND r.competence = k.competence
WHERE p.email = {} AND a.submitted_at IS NULL AND v.state = 'scoring' AND v.revealed_at IS NULL
AND ap.email LIKE '%@scale.example' ORDER BY s.id, k.id LIMIT {}
"""
_REVEALED = """
SELECT v.id FROM vacancy v JOIN person p ON p.id = v.manager JOIN application a ON a.vacancy = v.id
JOIN interview i ON i.application = a.id
WHERE p.email = {} AND v.revealed_at IS NOT NULL AND v.signed_at IS NULL GROUP BY v.id ORDER BY count(*) DESC LIMIT 1
"""


_PERSON = """
SELECT p.id FROM person p JOIN person m ON m.id = p.manager JOIN assessment a ON a.person = p.id
JOIN rating r ON r.assessment = a.id WHERE m.email = {} GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1
"""


def saves_to(name: str, path: str, rows: list[dict]) -> list[Page]:
    """Return a save of one competence for each row."""
    return [
        Page(
            name, "POST", f"{path}/{row['id']}/ratings/{row['competence']}",
            {f"level-{row['competence']}": "4", f"evidence-{row['competence']}": "Asked first. ",
             f"version-{row['competence']}": str(row["version"])},
            {"hx-request": "true"},
        )
        for row in rows
    ]  # fmt: skip


def taps_on(rows: list[dict]) -> list[Page]:
    """Return a tap on one person of the attendance list for each row."""
    return [
        Page(
            "attendance save", "POST", f"/training/sessions/{row['session']}/attendance",
            {"day": str(row["day"]), f"present-{row['enrolment']}": "yes"}, {"hx-request": "true"}, TRAINER,
        )
        for row in rows
    ]  # fmt: skip


async def pages(plan: int) -> tuple[list[Page], list[list[Page]]]:
    """Return the pages, and for each kind of save a place for each connection."""
    async with database.pool():
        cards = await Person.raw(_CARDS, MANAGER, CONNECTIONS + 2)
        vacancy = (await Person.raw(_REVEALED, MANAGER))[0]["id"]
        person = (await Person.raw(_PERSON, MANAGER))[0]["id"]
        here, answers = await talk(MANAGER), await items(MANAGER, CONNECTIONS + 2)
        tapped = await taps(CONNECTIONS + 2)
    saves = [
        saves_to("scorecard save", "/scorecards", cards),
        saves_to("assessment save", "/assessments", answers),
        taps_on(tapped),
    ]
    first = cards[0]
    return [
        Page("Today", "GET", "/"),
        Page("vacancy list", "GET", "/vacancies"),
        Page("comparison", "GET", f"/vacancies/{vacancy}/comparison"),
        Page("scorecard page", "GET", f"/scorecards/{first['id']}/{first['domain']}"),
        Page("person page", "GET", f"/people/{person}"),
        Page("talk sheet", "GET", f"/talks/{here}"),
        Page("assessment page", "GET", f"/assessments/{answers[0]['id']}/b"),
        Page("team coverage", "GET", "/team/coverage", who=LEADER),
        Page("matrix", "GET", "/training", who=LEADER),
        Page("due board", "GET", "/training/due", who=LEADER),
        Page("what is due to 500", "GET", "/care?show=open", who=LEADER),
        Page("Today, leading 500", "GET", "/", who=LEADER),
        Page("support plan", "GET", f"/support-plans/{plan}", who=SUPPORT),
    ], saves


def asking(client: Client, page: Page) -> Callable:
    """Return a function that asks once; each save is another text on the version before."""
    turn = iter(range(1_000_000))

    async def ask():
        if page.method == "GET":
            answer = await client.get(page.path, **page.headers)
        else:
            number = next(turn)
            sent = {
                key: f"{value}{number}" if key.startswith("evidence")
                else str(int(value) + number) if key.startswith("version") else value
                for key, value in page.fields.items()
            }  # fmt: skip
            answer = await client.post(page.path, sent, **page.headers)
        assert answer.status == 200, f"{page.name} answered {answer.status}"
        return answer

    return ask


async def measured(port: int, bare_port: int, cookies, many: list[Page], processes) -> Result:
    """Measure one page, and the bare route with as many bytes, on open connections."""
    server, database_, bare = processes
    clients = [Client(port, dict(cookies[many[0].who])) for _ in range(CONNECTIONS)]
    asks = [asking(client, many[place % len(many)]) for place, client in enumerate(clients)]
    answer = await asks[0]()
    plain = len(answer.text.encode())
    await load(asks, WARM)
    alone = await load(asks[:1], ALONE)
    before = seconds(server), seconds(database_)
    together = await load(asks, TOGETHER)
    used = [
        1000 * (now - then) / TOGETHER
        for now, then in zip((seconds(server), seconds(database_)), before, strict=True)
    ]
    bares = [Client(bare_port) for _ in range(CONNECTIONS)]
    bare_asks = [asking(client, Page("bare", "GET", f"/bytes/{plain}")) for client in bares]
    await load(bare_asks, WARM)
    start = seconds(bare)
    bare_load = await load(bare_asks, TOGETHER)
    bare_cpu = 1000 * (seconds(bare) - start) / TOGETHER
    for client in [*clients, *bares]:
        client.close()
    return Result(many[0], alone, together, *used, plain, len(answer.body), bare_load, bare_cpu)


async def first_visit(port: int) -> tuple[int, int]:
    """Return bytes as sent and requests for somebody who was never here: the page and what it names."""
    client = Client(port)
    page = await client.get("/sign-in")
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    answers = [page, *[await client.get(path) for path in named]]
    assert all(answer.status == 200 for answer in answers)
    client.close()
    return sum(len(answer.body) for answer in answers), len(answers)


def verdict(met: bool) -> str:
    return "[green]met[/green]" if met else "[red]MISSED[/red]"


async def large_panel() -> tuple[str, str, int]:
    """Return the address of a comparison with many applicants, a session that may see it, and an applicant."""
    codes = ("A1", "A2", "A3", "B1", "B2", "B4", "D1", "D4", "E1", "E3")
    levels = scores.levels(*LARGE).astype(int).tolist()
    async with database.pool():
        made = await make.open_panel(levels, codes=codes)
        session = await make.session_of(made.manager)
    return f"/vacancies/{made.vacancy.id}/comparison", session, made.applications[0].id


async def comparison_costs(
    port: int, processes, path: str, session: str, applicant: int
) -> tuple[float, float]:
    """Return ms of CPU of a comparison that is worked out anew, and of one where nothing changed."""
    server, database_ = processes
    client = Client(port, {"session": session})

    async def ask() -> None:
        assert (await client.get(path)).status == 200

    async def cost(times: int, before) -> float:
        start = seconds(server) + seconds(database_)
        for turn in range(times):
            await before(turn)
            await ask()
        return 1000 * (seconds(server) + seconds(database_) - start) / times

    async def renamed(turn: int) -> None:
        await Person.raw("UPDATE application SET name = {} WHERE id = {}", f"Applicant {turn}", applicant)

    async def unchanged(_turn: int) -> None:
        pass

    async with database.pool():
        await cost(3, renamed)
        fresh = await cost(20, renamed)
    await cost(20, unchanged)
    kept = await cost(200, unchanged)
    client.close()
    return fresh, kept


def show(results: list[Result], queries: dict[str, int], more: dict[str, int]) -> None:
    table = Table(
        title=f"{CONNECTIONS} connections, {TOGETHER} requests a page; p50 and p99 on one connection"
    )
    for name in (
        "page",
        "req/s",
        "p50 ms",
        "p99 ms",
        "queries",
        f"at x{MORE + 1}",
        "bytes",
        "gzip",
        "server ms",
        "database ms",
        "CPU ms",
        "to bare",
    ):
        table.add_column(name, justify="left" if name == "page" else "right")
    for row in results:
        name, cpu = row.page.name, row.server + row.database
        table.add_row(
            name, f"{row.together.rate:.0f}", f"{row.alone.at(0.5):.1f}", f"{row.alone.at(0.99):.1f}",
            str(queries[name]), str(more[name]), f"{row.plain:,}", f"{row.packed:,}", f"{row.server:.2f}",
            f"{row.database:.2f}", f"{cpu:.2f}", f"{row.bare.rate / row.together.rate:.1f}",
        )  # fmt: skip
    console.print(table)
    console.print(
        f"bare route: {', '.join(f'{row.plain:,} bytes {row.bare.rate:.0f} req/s, {row.bare_server:.2f} ms' for row in results)}"
    )


def aims(
    results: list[Result], queries: dict[str, int], more: dict[str, int], visit: tuple[int, int]
) -> None:
    for row in results:
        cpu = row.server + row.database
        most = LIMITS.get(row.page.name, CPU)
        if row.page.name.startswith(("scorecard", "attendance")) or row.page.name in LIMITS:
            console.print(
                f"{verdict(cpu <= most)}  {row.page.name}: {cpu:.2f} ms of CPU a request, at most {most}"
            )
    for name, count in queries.items():
        console.print(
            f"{verdict(max(count, more[name]) <= QUERIES)}  {name}: {count} queries, at most {QUERIES}"
        )
        console.print(
            f"{verdict(count == more[name])}  {name}: {more[name]} queries with {MORE + 1} times the rows"
        )
    console.print(
        f"{verdict(visit[0] < VISIT_BYTES)}  first visit: {visit[0]:,} bytes compressed, under {VISIT_BYTES:,}"
    )
    console.print(
        f"{verdict(visit[1] <= VISIT_REQUESTS)}  first visit: {visit[1]} requests, at most {VISIT_REQUESTS}"
    )


async def counting(cookies, every: list[Page], saves: list[list[Page]]) -> dict[str, int]:
    found: dict[str, int] = {}
    async with database.pool():
        for who, mine in cookies.items():
            asks = {
                page.name: (page.method, page.path, page.fields, page.headers)
                for page in [*every, *(group[-1] for group in saves)]
                if page.who == who
            }
            found |= await counted(mine, asks)
    return found


async def all_results(ports, cookies, every, saves, processes) -> list[Result]:
    many = [*([page] for page in every), *(group[:CONNECTIONS] for group in saves)]
    return [await measured(*ports, cookies, group, processes) for group in many]


def training(matrix: tuple[float, float], due: tuple[float, float], more: tuple[float, float]) -> None:
    """Print what the matrix and the due board cost: after a write, and where nothing was written since."""
    for name, cost in zip(("after a write", "unchanged"), matrix, strict=True):
        console.print(
            f"{verdict(cost <= MATRIX_CPU)}  matrix of 500 x 40, {name}: {cost:.1f} ms of CPU, at most {MATRIX_CPU:.0f}"
        )
    flat = more[1] <= GROWTH * due[1]
    console.print(
        f"{verdict(flat)}  due board, unchanged: {due[1]:.1f} ms of CPU at 500 people, {more[1]:.1f} at 5,000;"
        f" after a write {due[0]:.0f} and {more[0]:.0f}"
    )


def main() -> None:
    FOLDER.chmod(0o755)
    people = APPLICATIONS + STAFF
    with database.running(replace(settings(), database_url="")) as url:
        environment = {"RECRUIT_DATA": str(FOLDER), "DATABASE_URL": url, "RECRUIT_DEMO": ""}
        asyncio.run(filled(people))
        asyncio.run(with_team())
        asyncio.run(with_care())
        asyncio.run(with_assessments(MANAGER))
        asyncio.run(with_session())
        asyncio.run(with_courses())
        plan = asyncio.run(with_plan(SUPPORT))
        every, saves = asyncio.run(pages(plan))
        ports = free_port(), free_port()
        with serving(ports[0], environment) as server, serving(ports[1], environment, bare=True) as bare:
            cookies = {
                who: asyncio.run(signed_in(ports[0], who, DEMO_PASSWORD))
                for who in (MANAGER, LEADER, TRAINER, SUPPORT)
            }
            processes = (server, postmaster(FOLDER), bare)
            results = asyncio.run(all_results(ports, cookies, every, saves, processes))
            visit = asyncio.run(first_visit(ports[0]))
            matrix = asyncio.run(costs(ports[0], processes[:2], cookies[LEADER], "/training"))
            due = asyncio.run(costs(ports[0], processes[:2], cookies[LEADER], "/training/due"))
            fresh, kept = asyncio.run(comparison_costs(ports[0], processes[:2], *asyncio.run(large_panel())))
            asyncio.run(ten_times())
            more_due = asyncio.run(costs(ports[0], processes[:2], cookies[LEADER], "/training/due"))
        every, saves = asyncio.run(pages(plan))
        queries = asyncio.run(counting(cookies, every, saves))
        asyncio.run(filled(people * MORE))
        every, saves = asyncio.run(pages(plan))
        more = asyncio.run(counting(cookies, every, saves))
    show(results, queries, more)
    aims(results, queries, more, visit)
    size = " x ".join(map(str, LARGE))
    console.print(
        f"{verdict(fresh <= FRESH_CPU)}  comparison of {size}, fresh: {fresh:.1f} ms of CPU, at most {FRESH_CPU:.0f}"
    )
    console.print(
        f"{verdict(kept <= KEPT_CPU)}  comparison of {size}, unchanged: {kept:.1f} ms of CPU, at most {KEPT_CPU:.0f}"
    )
    training(matrix, due, more_due)
    scores.show(console, verdict)
    searches()


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
