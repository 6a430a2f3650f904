"""The life of a version: what a draft allows, and that a published one never changes."""

from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import make
import pytest

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks import commands, queries
from competences.frameworks.rules.comparison import compare
from competences.frameworks.rules.texts import CompetenceText, DomainText, QuestionText
from competences.frameworks.tables import Anchor, Competence, Domain, FrameworkVersion, Question
from competences.people.reach import Reach

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TEXT = CompetenceText(
    "A9", "Humour", "Lightens a hard hour.", "trainable", True, 2, ("Laughs along.",),
    ("never smiles", "smiles late", "smiles in time", "makes others smile", "teaches it"),
    (QuestionText("behavioural", "When did a joke help?", ("Who laughed?",)),), (),
)  # fmt: skip


@pytest.fixture
async def draft(db):
    """A draft of the leader framework, taken away afterwards: the content outlives each test."""
    source = await make.framework("leader")
    made = await commands.create_version(SYSTEM, source.id, "Shorter words.")
    yield made.subject_id
    await make.without_version(made.subject_id)


async def first(version_id: int) -> queries.CompetenceRow:
    return (await queries.content(version_id))[0].competences[0]


async def test_a_copy_has_every_word_of_its_source(draft):
    source = await make.framework("leader")
    assert compare(await queries.domains_of(source.id), await queries.domains_of(draft)).same
    row = await queries.version(SYSTEM, Reach.ALL, draft, drafts=Reach.ALL)
    assert (row.number, row.state, row.note) == (2, "draft", "Shorter words.")


async def test_a_new_version_needs_a_note(db):
    with pytest.raises(Invalid, match="what will change"):
        await commands.create_version(SYSTEM, (await make.framework()).id, "  ")


async def test_a_framework_has_one_draft_at_a_time(draft):
    with pytest.raises(Conflict, match="Version 2 is a draft already"):
        await commands.create_version(SYSTEM, (await make.framework("leader")).id, "Again")


async def test_a_draft_is_not_there_for_those_who_do_not_edit(draft):
    reader = await make.actor(await make.person())
    with pytest.raises(NotFound):
        await queries.version(reader, Reach.ALL, draft)
    assert draft not in [row.id for row in await queries.versions(reader, Reach.ALL)]
    assert await queries.versions(reader, Reach.NO) == []


async def test_a_draft_competence_is_changed_with_all_its_words(draft):
    domain = (await queries.content(draft))[0]
    old = domain.competences[0]
    text = replace(TEXT, code=old.text.code)
    changed = await commands.save_competence(SYSTEM, draft, old.id, domain.id, text, old.stamp)
    assert changed.part == old.text.code
    assert (await queries.competence(draft, old.id)).text == text


async def test_saving_the_same_words_again_changes_nothing(draft):
    old = await first(draft)
    assert await commands.save_competence(SYSTEM, draft, old.id, old.domain_id, old.text, "stale") is None


async def test_a_stale_form_overwrites_nothing(draft):
    old = await first(draft)
    one, two = replace(old.text, name="One"), replace(old.text, name="Two")
    await commands.save_competence(SYSTEM, draft, old.id, old.domain_id, one, old.stamp)
    with pytest.raises(Conflict, match="Somebody else"):
        await commands.save_competence(SYSTEM, draft, old.id, old.domain_id, two, old.stamp)
    assert (await queries.competence(draft, old.id)).text.name == "One"


async def test_a_code_stands_once(draft):
    old = await first(draft)
    with pytest.raises(Invalid, match="this code"):
        await commands.save_competence(
            SYSTEM, draft, None, old.domain_id, replace(TEXT, code=old.text.code.lower())
        )
    with pytest.raises(Invalid, match="this code"):
        await commands.save_domain(SYSTEM, draft, None, DomainText("a", "Again", "", ()))


async def test_competences_and_domains_come_and_go(draft):
    await commands.save_domain(SYSTEM, draft, None, DomainText("Z", "Last", "", ()))
    last = (await queries.content(draft))[-1]
    assert last.name == "Last"
    await commands.save_competence(SYSTEM, draft, None, last.id, TEXT)
    last = (await queries.content(draft))[-1]
    with pytest.raises(Conflict, match="1 competence"):
        await commands.remove_domain(SYSTEM, draft, last.id)
    await commands.remove_competence(SYSTEM, draft, last.competences[0].id)
    await commands.remove_domain(SYSTEM, draft, last.id)
    assert compare(
        await queries.domains_of((await make.framework("leader")).id), await queries.domains_of(draft)
    ).same


async def test_an_incomplete_draft_is_refused_with_all_that_is_missing(draft):
    old = await first(draft)
    text = replace(old.text, questions=(), anchors=("", *old.text.anchors[1:]))
    await commands.save_competence(SYSTEM, draft, old.id, old.domain_id, text, old.stamp)
    with pytest.raises(Invalid) as refused:
        await commands.publish(SYSTEM, draft, NOW)
    assert len(refused.value.fields) == 2


async def test_a_published_version_cannot_be_changed_by_any_command(draft):
    await commands.publish(SYSTEM, draft, NOW)
    old = await first(draft)
    for write in (
        commands.save_competence(SYSTEM, draft, old.id, old.domain_id, TEXT, old.stamp),
        commands.remove_competence(SYSTEM, draft, old.id),
        commands.save_domain(SYSTEM, draft, None, DomainText("Z", "Last", "", ())),
        commands.remove_domain(SYSTEM, draft, old.domain_id),
        commands.set_note(SYSTEM, draft, "Other", ""),
        commands.delete_draft(SYSTEM, draft),
        commands.publish(SYSTEM, draft, NOW),
    ):
        with pytest.raises(Conflict, match="never changes"):
            await write


async def test_the_database_itself_refuses_to_change_a_published_version(db):
    version = await make.framework()
    competence = await Competence.objects().where(Competence.version == version.id).first()
    anchor = Anchor(competence=competence.id, level=1, text="again")
    for write in (
        FrameworkVersion.update({FrameworkVersion.note: "x"}).where(FrameworkVersion.id == version.id),
        FrameworkVersion.update({FrameworkVersion.state: "draft"}).where(FrameworkVersion.id == version.id),
        FrameworkVersion.delete().where(FrameworkVersion.id == version.id),
        Domain.update({Domain.name: "x"}).where(Domain.version == version.id),
        Competence.update({Competence.name: "x"}).where(Competence.id == competence.id),
        Competence.delete().where(Competence.id == competence.id),
        Anchor.update({Anchor.text: "x"}).where(Anchor.competence == competence.id),
        Question.delete().where(Question.competence == competence.id),
        Anchor.insert(anchor),
    ):
        with pytest.raises(asyncpg.PostgresError, match=r"does not change|unique"):
            await write


async def test_a_version_is_retired_once_and_only_when_published(draft):
    with pytest.raises(Conflict):
        await commands.retire(SYSTEM, draft)
    await commands.publish(SYSTEM, draft, NOW)
    await commands.retire(SYSTEM, draft)
    with pytest.raises(Conflict):
        await commands.retire(SYSTEM, draft)


async def test_each_step_is_in_the_log(draft):
    old = await first(draft)
    await commands.set_note(SYSTEM, draft, "Other words.", (await version(draft)).stamp)
    await commands.remove_competence(SYSTEM, draft, old.id)
    await commands.delete_draft(SYSTEM, draft)
    rows = await AuditEntry.select(AuditEntry.event).order_by(AuditEntry.id)
    assert [row["event"] for row in rows] == [
        "framework.drafted", "framework.draft-changed", "framework.draft-part-removed", "framework.draft-deleted",
    ]  # fmt: skip


async def version(version_id: int) -> queries.VersionRow:
    return await queries.version(SYSTEM, Reach.ALL, version_id, drafts=Reach.ALL)


@pytest.mark.parametrize("name", ["create_version", "publish", "retire", "delete_draft", "save_domain"])
async def test_a_version_that_does_not_exist_is_not_found(db, name):
    more = {
        "create_version": ("note",),
        "publish": (NOW,),
        "save_domain": (None, DomainText("Z", "", "", ())),
    }
    with pytest.raises(NotFound):
        await getattr(commands, name)(SYSTEM, 987654, *more.get(name, ()))
