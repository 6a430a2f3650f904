"""Conventions that hold the tree together. Each message says what to do instead."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import routes

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "recruit" / "templates"
VOCABULARY = {"tables", "rules", "queries", "events", "commands", "forms", "pages"}
# Folders that are no slices: what they hold is not a feature's storing, reading, writing and showing.
NO_SLICES = {
    "competences": {"scoring", "piccolo_migrations"},
    "recruit": {"web", "sheets", "cli", "demo", "templates", "static", "locale", "piccolo_migrations"},
}
OTHER_FILES = {"competences/people/reach.py": "the word that queries and pages share"}
# Writes outside of commands, each with its reason.
WRITERS = {
    "recruit/accounts/queries/signing_in.py": "notes once a minute that a session is in use; nobody's doing, so no entry in the log",
    "recruit/demo": "fills an empty organisation with invented people, by bulk insert where it must",
    "recruit/database.py": "migrations",
    "recruit/backups.py": "empties the database before a restore, in the same transaction",
}
# Who may touch the table of ratings; everything else asks recruit.scorecards.queries (rule 1: sealed).
RATING_MODULES = (
    "competences/assessments/",
    "recruit/scorecards/",
    "recruit/demo/",
)
# Before an id all the same: "people" is plural without an s; a vacancy has one decision, with a part for each applicant;
# practice is one thing with several cases.
SINGULAR = {"people", "decision", "practice"}


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for package in packages or ("competences", "recruit"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "piccolo_migrations" not in name:
                yield name, ast.parse(path.read_text())


def slices() -> Iterator[Path]:
    for package, others in NO_SLICES.items():
        for folder in sorted((ROOT / package).iterdir()):
            if folder.is_dir() and folder.name not in others and (folder / "__init__.py").exists():
                yield folder


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


# ── slices ──


@pytest.mark.parametrize("folder", slices(), ids=lambda folder: f"{folder.parent.name}.{folder.name}")
def test_a_slice_uses_the_closed_vocabulary(folder):
    for path in folder.iterdir():
        known = path.stem in VOCABULARY | {"__init__", "__pycache__"}
        if path.suffix == ".py" or (path / "__init__.py").exists():
            name = str(path.relative_to(ROOT))
            assert known or name in OTHER_FILES, (
                f"{name}: a slice holds {sorted(VOCABULARY)}. Look for the noun that is missing, or turn a file"
                " that outgrew itself into a folder of its own name."
            )


def test_every_slice_is_layered_by_a_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    containers = {name for contract in contracts for name in contract.get("containers", ())}
    missing = {f"{folder.parent.name}.{folder.name}" for folder in slices()} - containers
    assert not missing, f"add them to the containers of the contract 'Slices are layered': {sorted(missing)}"


def test_pages_end_with_their_router_and_the_application_lists_it():
    listed = (ROOT / "recruit" / "app.py").read_text()
    for folder in slices():
        if folder.parent.name == "recruit" and (
            (folder / "pages.py").exists() or (folder / "pages").is_dir()
        ):
            assert f"recruit.{folder.name} import pages" in listed, (
                f"add recruit.{folder.name}.pages to ROUTERS in app.py"
            )


# ── routes ──


def test_every_route_has_a_noun_in_kebab_case_and_plural_before_an_id(app):
    for route in routes.every(app):
        parts = [part for part in route.path.split("/") if part]
        for part in parts:
            assert part.startswith("{") or re.fullmatch(
                r"[a-z0-9]+(-[a-z0-9]+)*(\.csv|\.xlsx|\.pdf|\.json|\.ics|\.jwt)?", part
            ), f"{route.path}: kebab-case"
        for before, part in pairwise(parts):
            if part.startswith("{") and not before.startswith("{"):
                assert before.endswith("s") or before in SINGULAR, f"{route.path}: plural before an id"


def test_every_route_has_a_name_that_reads_like_its_address(app):
    for route in routes.every(app):
        name = route.handler.name or ""
        assert re.fullmatch(r"[a-z0-9]+([-.][a-z0-9]+)*", name), (
            f"{route.method} {route.path}: name= in kebab-case"
        )


def test_no_two_handlers_share_a_name(app):
    seen: dict[str, str] = {}
    for route in routes.every(app):
        other = seen.setdefault(route.handler.name or "", str(route.handler))
        assert other == str(route.handler), f"{route.path}: another handler is called {route.handler.name}"


# ── templates ──


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_form_that_posts_carries_the_token(path):
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
        if re.search(r'method="post"', form, re.IGNORECASE):
            assert "m.token()" in form, f"put {{{{ m.token() }}}} first into {form.splitlines()[0]}"


@pytest.mark.parametrize("path", templates(), ids=named)
def test_nothing_inline_that_the_content_security_policy_forbids(path):
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style\b", text), "styles go into static/css/app.css"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "scripts go into static/js/app.js"
    assert not re.search(r"\sstyle=", text), "use a class"
    assert not re.search(r"\s(on[a-z]+|hx-on\S*)=", text), "listen in static/js/app.js"
    assert not re.search(r"""\s(href|src|action|hx-\w+)=["']\s*(https?:|//|javascript:)""", text), (
        "nothing from another host"
    )


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_template_names_its_inputs_first(path):
    text = path.read_text()
    own = re.search(r"{[{%](?!\s*(extends|block|endblock|include|import|else|endif|endfor))[^}]*[a-z]", text)
    only_frame = not re.search(r"{%\s*(for|if|set)\b", text)
    assert text.startswith("{#") or not own or only_frame or named(path) == "shared/layout.html", (
        "begin with {# in: name [type], ... #}"
    )


@pytest.mark.parametrize("path", templates(), ids=named)
def test_what_a_template_includes_is_there(path):
    for name in re.findall(r"{%-?\s*(?:extends|include|import)\s+'([^']+)'", path.read_text()):
        assert (TEMPLATES / name).exists(), name


# ── writes and ratings ──

WRITING_SQL = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE \w+( AS \w+)?( \w+)? SET)\b")
WRITING_CALLS = {"save", "insert", "update", "delete", "remove"}


def writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.search(node.value):
            yield node.lineno, "SQL that writes"
        if isinstance(node, ast.Await):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Attribute) and part.attr in WRITING_CALLS and is_table(part.value):
                    yield part.lineno, f".{part.attr}()"


def is_table(node: ast.AST) -> bool:
    """A row or a table: not a module (commands.save is a call of one) nor a response."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return not (
        isinstance(node, ast.Name) and node.id in {"commands", "accounts", "client", "answer", "status"}
    )


@pytest.mark.parametrize(
    ("name", "tree"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_only_commands_write(name, tree):
    if re.search(r"/commands(/|\.py$)", name) or any(name.startswith(place) for place in WRITERS):
        return
    found = list(writes(tree))
    assert not found, (
        f"{name}: {found}. Write in commands, where @command puts an entry into the log in the same transaction;"
        " or name the module in WRITERS with its reason."
    )


@pytest.mark.parametrize(
    ("name", "tree"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_public_write_is_a_command_or_called_by_one(name, tree):
    """What a command module offers and writes by itself is decorated: else nothing reaches the log."""
    if not re.search(r"/commands(/|\.py$)", name) or name == "competences/audit/commands.py":
        return
    for node in tree.body:
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
            decorated = any(ast.unparse(decorator) == "command" for decorator in node.decorator_list)
            words = (ast.get_docstring(node) or "") + (ast.get_docstring(tree) or "")
            described = re.search(r"part of (a|the) commands?", words, re.IGNORECASE)
            alone = [place for place in writes(ast.Module([node], [])) if node.name not in UNLOGGED]
            assert decorated or described or not alone, (
                f"{name}: {node.name} writes without @command. Add it, or say 'Part of a command' in its docstring."
            )


# Writes that are nobody's act on anybody's data.
UNLOGGED = {
    "sign_in": "counts failed tries, and forgets them",
}


@pytest.mark.parametrize(
    ("name", "tree"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_ratings_are_touched_in_few_places(name, tree):
    if name.startswith(RATING_MODULES):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "competences.assessments.tables":
            assert "Rating" not in {alias.name for alias in node.names}, (
                f"{name}: ask recruit.scorecards.queries"
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(r"\b(FROM|JOIN|INTO|UPDATE)\s+rating\b", node.value), (
                f"{name}:{node.lineno}: ask recruit.scorecards.queries, which knows what is sealed"
            )


# ── weight ──


def test_a_process_loads_numpy_with_the_first_statistic_and_not_before():
    seen = subprocess.run(
        [sys.executable, "-c", "import recruit.app, recruit.cli, sys; sys.exit('numpy' in sys.modules)"],
        check=False,
        cwd=ROOT,
    )
    assert seen.returncode == 0, "import what needs numpy inside the function that works a statistic out"


# ── words ──


@pytest.mark.parametrize(
    ("name", "tree"), modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_event_is_named_for_ever(name, tree):
    if not re.search(r"/events(/|\.py$)", name) or name == "competences/audit/events.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            values = {
                ast.unparse(line.targets[0]): line.value.value
                for line in node.body
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
            }
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", values.get("name", "")), (
                f"{name}: {node.name} needs name = 'noun.past-tense'"
            )
            fields = {line.target.id for line in node.body if isinstance(line, ast.AnnAssign)}
            assert not fields & {"level", "rating", "note", "notes", "evidence", "average", "reason_text"}, (
                f"{name}: {node.name}: the log is read before the seal is lifted"
            )


def test_event_names_are_unique():
    seen: dict[str, str] = {}
    for name, tree in modules():
        if re.search(r"/events(/|\.py$)", name):
            for text in re.findall(r"^    name = ['\"]([^'\"]+)", ast.unparse(tree), re.MULTILINE):
                assert seen.setdefault(text, name) == name, f"{text} is in {seen[text]} and {name}"


def test_the_locks_name_no_host():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text, f"{lock.name}: make lock leaves index addresses out"
        assert "--index" not in text, lock.name
        assert not re.search(r"^django==", text, re.MULTILINE), (
            "django-htmx is installed without its dependencies"
        )
        pins = re.findall(r"^([a-z0-9-]+)==.*\\$", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)), "every pin has hashes"
