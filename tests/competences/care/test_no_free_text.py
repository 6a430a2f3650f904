"""Rule 12: there is no field for what was said. Whoever adds one finds this test."""

import ast
import re
from pathlib import Path

from piccolo.columns import JSON, JSONB, Bytea, Text, Varchar

from competences.care import tables
from competences.care.tables import CareEntry

ROOT = Path(__file__).parents[3]
#: Texts that are no free text: who wrote, a choice of a list, a reference without words.
NAMES = {"recorded_by", "decided_by", "changed_by", "uid", "reference"}
CHOICES = {
    "duty", "basis", "gathering", "kind", "load", "decision", "medium", "partner", "subject", "hazards", "measures",
}  # fmt: skip
#: The sealed reason of another name, and agreed words that colleagues are told; neither is typed beside a duty.
SAID = {("name_exception", "reason"), ("arrangement", "words")}


def test_no_table_of_care_has_a_column_for_what_was_said():
    classes = [
        one
        for one in vars(tables).values()
        if isinstance(one, type) and issubclass(one, CareEntry.__mro__[1])
    ]
    assert len(classes) > 10
    for table in classes:
        if table.__module__ != tables.__name__:
            continue
        for column in table._meta.columns:
            name = (table._meta.tablename, column._meta.name)
            if isinstance(column, Text | Varchar | Bytea | JSON | JSONB):
                assert column._meta.name in NAMES | CHOICES or name in SAID, f"{name}: days and choices only"


def test_the_forms_of_care_read_one_text_and_it_is_sealed():
    tree = ast.parse((ROOT / "recruit" / "care" / "forms.py").read_text())
    read = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr == "text" or (node.func.attr == "get" and ast.unparse(node.func.value) == "post"))
    ]
    assert sorted(read) == ["reason", "reference"]


def test_no_page_of_care_has_a_field_for_words():
    for path in (ROOT / "recruit" / "templates" / "care").glob("*.html"):
        text = path.read_text()
        fields = set(re.findall(r"""kind=['"]textarea['"]""", text)) | set(re.findall(r"<textarea", text))
        assert not fields or path.name == "name_exception.html", path.name
        for name, rest in re.findall(r"m\.field\('(\w+)'(.*)", text):
            assert "kind='date" in rest or name in {"reference", "reason"}, f"{path.name}: {name}"
        for typed in re.findall(r'<input[^>]*type="(\w+)"', text):
            assert typed in {"hidden", "checkbox", "radio", "search"}, f"{path.name}: {typed}"


def test_the_log_of_care_holds_no_words():
    for path in (ROOT / "competences" / "care" / "events").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "str":
                allowed = {"duty", "happened", "gathering", "kind", "decision", "answer", "subjects"}
                assert ast.unparse(node.target) in allowed, f"{path.name}: {ast.unparse(node)}"
