"""Who is in the demo and what happened to them, as data. All of it is invented."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faker import Faker

from recruit.access import Role

CONTENT = Path(__file__).parent / "content"
DOMAIN = "demo.example"
UNITS = ("Youth", "Adults")
SEED = 20261124
LOCALES = ["en_GB", "de_DE", "sv_SE", "pl_PL", "nl_NL"]


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demo. `levels` are agreed ones by competence code."""

    key: str
    name: str
    post: str
    unit: str = ""
    roles: tuple[Role, ...] = (Role.STAFF,)
    email: str = ""
    external: str = ""
    since: int = 3
    levels: tuple[tuple[str, int], ...] = ()

    @property
    def address(self) -> str:
        """What they sign in with: first.last@demo.example, in plain letters."""
        return self.email or f"{plain(self.name)}@{DOMAIN}"


_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae"}


def plain(name: str) -> str:
    """Return a name as the front of an e-mail address."""
    from unicodedata import normalize  # noqa: PLC0415

    swapped = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    letters = normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return ".".join("".join(c for c in part if c.isalpha()) for part in letters.split())


def _levels(**levels: int) -> tuple[tuple[str, int], ...]:
    return tuple(levels.items())


MANAGING = (Role.STAFF, Role.HIRING_MANAGER, Role.LINE_MANAGER)
PLAYERS = (
    Player("mara", "Mara Keller", "Head of programme", "Adults", MANAGING, since=9),
    Player("selin", "Selin Aydın", "Exit worker", "Youth", since=6, levels=_levels(
        A2=4, B1=4, B4=4, B5=4, B6=3, C3=3, D1=4, D2=4, E1=5, E3=4)),
    Player("paul", "Paul Novak", "Exit worker", "Adults", since=4, levels=_levels(
        A2=4, B1=3, B4=3, B5=3, B6=3, C3=4, D1=3, D2=4, E1=3, E3=3)),
    Player("jana", "Jana Wirth", "Trainer", "Adults", (Role.STAFF, Role.TRAINER), since=5, levels=_levels(
        A1=4, A6=3, B2=4, C1=4, C2=4, C6=3, E2=4, E6=4)),
    Player("ruth", "Ruth Okello", "Mentor", "Youth", (Role.STAFF, Role.SUPPORT_LEAD), since=2, levels=_levels(
        A1=4, A3=4, B1=4, B4=3, B5=3, C3=2, E1=4)),
    Player("yusuf", "Yusuf Yılmaz", "Exit worker", "Youth", since=0, levels=_levels(
        A2=3, B1=4, B4=2, B5=3, B6=2, C3=1, D1=3, D2=2, E1=3, E3=2)),
    Player("daniel", "Daniel Rask", "Exit worker", "Adults", since=7, levels=_levels(
        A2=4, B1=4, B4=3, B5=2, B6=4, C3=3, D1=4, D2=5, E1=4, E3=3)),
    Player("admin", "Alex Winter", "Office", "Adults", (Role.ADMINISTRATOR,), email=f"admin@{DOMAIN}"),
    Player("privacy", "Kim Sommer", "Privacy officer", "", (Role.PRIVACY_OFFICER,), email=f"privacy@{DOMAIN}"),
    Player("ingrid", "Ingrid Solberg", "Lecturer", "", (Role.EXTERNAL,), external="Hillfield College"),
)  # fmt: skip

_POSTS = (
    "Exit worker", "Exit worker", "Mentor", "Family counsellor", "Exit worker", "Coordinator",
    "Street worker", "Mentor", "Exit worker", "Family counsellor", "Office", "Coordinator",
)  # fmt: skip
_USUAL = ("A1", "A2", "A5", "B1", "B4", "B5", "B6", "C1", "C3", "D1", "D3", "E1", "E2", "E3", "E6")


def faker() -> Faker:
    """Return a Faker that invents the same people each time."""
    made = Faker(LOCALES)
    made.seed_instance(SEED)
    return made


def colleagues() -> list[Player]:
    """Return a dozen more who work here, with levels that differ from one to the next."""
    invented = faker()
    found: list[Player] = []
    for place, post in enumerate(_POSTS):
        land = invented[LOCALES[place % len(LOCALES)]]
        name = f"{land.first_name()} {land.last_name()}"
        levels = {
            code: 2 + (place * 5 + at * 3) % 7 % 3 for at, code in enumerate(_USUAL) if (place + at) % 4
        }
        found.append(
            Player(f"colleague-{place}", name, post, UNITS[place % 2], since=1 + place % 6,
                   levels=tuple(levels.items()) if post != "Office" else ())
        )  # fmt: skip
    return found


# By member and competence code: a level, or None for no evidence, and what it rests on.
Scores = dict[str, dict[str, tuple[int | None, str]]]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applied. `scores`: what each member gave."""

    name: str
    source: str
    notes: str
    adjustments: str
    cv: Sequence[str]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Story:
    """One vacancy and everything that was said about who applied. `practice`: case to what members gave."""

    title: str
    profile: str
    unit: str
    posts: int
    text: str
    criteria: Sequence[dict[str, Any]]
    applicants: Sequence[Applicant]
    agreed: Sequence[dict[str, Any]]
    decisions: Sequence[dict[str, Any]]
    practice: dict[str, Scores]


def story(name: str) -> Story:
    """Return one of the files in content/."""
    body = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    return Story(
        body["title"], body["profile"], body["unit"], body["posts"], body["text"].strip(), body["criteria"],
        [_applicant(entry) for entry in body["applicants"]], body.get("agreed", []), body.get("decisions", []),
        {case: _scores(given) for case, given in body.get("practice", {}).items()},
    )  # fmt: skip


def _applicant(entry: dict[str, Any]) -> Applicant:
    return Applicant(
        entry["name"],
        entry["source"],
        entry["notes"],
        entry.get("adjustments", ""),
        entry.get("cv", []),
        _scores(entry.get("scores", {})),
    )


def _scores(written: dict[str, Any]) -> Scores:
    return {
        member: {code: (level or None, evidence) for code, (level, evidence) in given.items()}
        for member, given in written.items()
    }
