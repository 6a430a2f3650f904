"""Where master keys come from, what the verbs do with keys, and what `recruit check` says of them."""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import make
import pytest
from make import support
from terminal import recruit

from competences.care.commands.names import make_exception
from competences.care.rules.names import ExceptionDraft
from competences.care.tables import NameException
from competences.errors import Refused
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.commands import make_key
from competences.sealing.queries import data_key, wrapped_keys
from competences.sealing.rules import KeyLost, new_key, read_keys, written
from competences.sealing.tables import DataKey
from competences.support.tables import Measure, SupportPlan
from recruit import checks, keys
from recruit.access import Role
from recruit.piccolo_conf import DB
from recruit.settings import load

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return replace(load(), folder=tmp_path)


async def sealed(settings, uid="a") -> bytes:
    async with DB.transaction():
        return await make_key(keys.ring(settings), uid, NOW)


async def plan() -> int:
    """A plan with something in it, sealed with the key of the tests' own folder."""
    ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    return (await support.filled(ruth, await make.person("Daniel Rask"), await make.manager())).id


async def reason() -> str:
    """An exception from the own name, why sealed; what its key is called."""
    lead = await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD)
    draft = ExceptionDraft(date(2026, 11, 1), date(2027, 5, 1), "A threat.")
    worker = (await make.person("Nina Berg")).id
    made = await make_exception(await make.actor(lead), support.ring(), Reach.ALL, worker, draft, NOW)
    return (await NameException.objects().get(NameException.id == made.subject_id)).uid


async def problems() -> str:
    return " ".join(await checks._sealed_problems(load()))


# ── sources ──


async def test_a_first_master_key_is_made_when_something_is_sealed_for_nobody_else_to_read(db, settings):
    key, file = await sealed(settings), keys.file(settings)
    assert file.stat().st_mode & 0o777 == 0o600
    assert await data_key(keys.ring(settings), "a") == key
    assert not keys.begin(settings)


async def test_a_lost_master_key_is_never_replaced_by_a_new_one(db, settings):
    await sealed(settings)
    keys.file(settings).unlink()
    for attempt in (sealed(settings, "b"), data_key(keys.ring(settings), "a"), keys.rotate(settings)):
        with pytest.raises(KeyLost, match="nothing is lost"):
            await attempt
    assert not keys.file(settings).exists()


@pytest.mark.parametrize("made", [plan, reason])
async def test_no_master_key_is_begun_while_there_are_texts_whose_keys_are_still_to_be_restored(
    db, settings, made
):
    await made()
    await DataKey.delete(force=True)
    for attempt in (sealed(settings, "b"), keys.rotate(settings)):
        with pytest.raises(KeyLost, match="Put back the copy"):
            await attempt
    assert not keys.file(settings).exists()


def test_a_key_that_others_began_first_is_kept(settings, monkeypatch):
    mine = written(new_key())
    link = os.link

    def slower(part, target):
        target.write_text(mine)
        link(part, target)

    monkeypatch.setattr(os, "link", slower)
    assert not keys.begin(settings)
    assert keys.file(settings).read_text() == mine
    assert [path.name for path in settings.folder.iterdir()] == ["master-key"]


def test_the_key_may_come_from_the_environment_a_file_or_a_command(settings, tmp_path):
    key = new_key()
    (tmp_path / "elsewhere").write_text(written(key))
    script = f'{sys.executable} -c "import sys; print(sys.argv[1])" "{written(key)}"'
    for source in (
        {"master_key": written(key)},
        {"master_key_file": tmp_path / "elsewhere"},
        {"master_key_command": script},
    ):
        ring = keys.ring(replace(settings, **source))
        name, wrapped = ring.wrap(b"d" * 32, "place")
        assert ring.unwrap(name, wrapped, "place") == b"d" * 32
        assert not keys.begin(replace(settings, **source))
    assert not keys.file(settings).exists()


@pytest.mark.parametrize("command", ["/does/not/exist", f"{sys.executable} -c 'raise SystemExit(3)'", "'"])
def test_a_command_that_fails_is_said_in_plain_words_without_what_it_said(settings, command):
    with pytest.raises(KeyLost, match="RECRUIT_MASTER_KEY_COMMAND"):
        keys.ring(replace(settings, master_key_command=command)).reload()


def test_a_command_is_run_by_no_shell(settings, tmp_path):
    with pytest.raises(KeyLost):
        keys.ring(replace(settings, master_key_command=f"echo x > {tmp_path}/made")).reload()
    assert not (tmp_path / "made").exists()


def test_settings_do_not_show_the_key(settings):
    key = written(new_key())
    assert key not in repr(replace(settings, master_key=key))


# ── rotation and kept keys ──


async def test_rotation_leaves_one_new_master_key_which_opens_everything(db, settings):
    key = await sealed(settings)
    before = keys.file(settings).read_text()
    running = keys.ring(settings)
    running.reload()
    await keys.rotate(settings)
    assert keys.file(settings).read_text() != before
    assert len(read_keys(keys.file(settings).read_text())) == 1
    assert keys.file(settings).stat().st_mode & 0o777 == 0o600
    assert await data_key(running, "a") == await data_key(keys.ring(settings), "a") == key


async def test_a_first_master_key_may_be_rotated_before_anything_is_sealed(db, settings):
    await keys.rotate(settings)
    assert len(read_keys(keys.file(settings).read_text())) == 1


async def test_where_recruit_cannot_write_the_new_key_stands_behind_the_old_one_first(db, settings):
    old, new = written(new_key()), written(new_key())
    key = await sealed(replace(settings, master_key=old))
    with pytest.raises(Refused, match="which Recruit cannot change"):
        await keys.rotate(replace(settings, master_key=old))
    await keys.rotate(replace(settings, master_key=f"{old},{new}"))
    assert await data_key(keys.ring(replace(settings, master_key=new)), "a") == key


async def test_kept_keys_come_back_as_they_were_and_no_master_key_is_among_them(db, settings, tmp_path):
    await sealed(settings)
    kept, file = await wrapped_keys(), tmp_path / "keys.json"
    file.write_text("an older one")
    keys.write_backup(kept, file)
    assert keys.read_backup(file) == kept
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.file(settings).read_text().strip() not in file.read_text()


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"recruit-keys": 1}', '{"recruit-keys": 2, "keys": []}', '{"recruit-keys": 1, "keys": [1]}'],
)
def test_another_file_is_refused(tmp_path, text):
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(Refused, match="nothing was changed"):
        keys.read_backup(tmp_path / "keys.json")


async def test_the_verbs_rotate_keep_and_put_back(db, server, tmp_path):
    await plan()

    async def run(*arguments):
        return await asyncio.to_thread(recruit, *arguments, DATABASE_URL=server)

    file = tmp_path / "keys.json"
    for arguments, said in (
        (("keys", "rotate"), "new master key"),
        (("keys", "backup", file), "master key is not in it"),
        (("keys", "restore", file), "are back"),
    ):
        done = await run(*arguments)
        assert (done.returncode, said in done.stderr) == (0, True), done.stderr
    assert await problems() == ""


# ── check ──


async def test_all_is_well(db):
    await plan()
    assert await problems() == ""


async def test_texts_that_were_changed_or_moved_are_counted(db):
    number = await plan()
    first, second = await Measure.objects().where(Measure.plan == number).order_by(Measure.id).limit(2)
    await Measure.update({Measure.body: second.body}).where(Measure.id == first.id)
    assert "1 sealed text is not as it was written" in await problems()
    await SupportPlan.update({SupportPlan.body: b"\x01cut"}).where(SupportPlan.id == number)
    assert "2 sealed texts" in await problems()


async def test_only_an_entry_of_the_log_may_stand_in_clear(db):
    number = await plan()
    await SupportPlan.update({SupportPlan.body: b"\x00{}"}).where(SupportPlan.id == number)
    assert "1 sealed text is not as it was written" in await problems()


async def test_why_somebody_has_another_name_is_looked_at_too(db):
    uid = await reason()
    assert await problems() == ""
    await NameException.update({NameException.reason: b"\x01cut"}).where(NameException.uid == uid)
    assert "1 sealed text is not as it was written" in await problems()
    await NameException.raw("DELETE FROM data_key")
    assert "recruit keys restore" in await problems()


async def test_a_key_that_does_not_open_does_not_hide_one_that_is_not_there(db):
    number = await plan()
    uid = await reason()
    await NameException.raw("UPDATE data_key SET master = 'another' WHERE uid = {}", uid)
    row = await SupportPlan.objects().get(SupportPlan.id == number)
    assert "recruit keys restore" not in await problems()
    await NameException.raw("DELETE FROM data_key WHERE uid = {}", row.uid)
    said = await problems()
    assert ("1 data key does not open" in said, "recruit keys restore" in said) == (True, True)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE support_entry SET at = at + interval '1 hour' WHERE id = (SELECT min(id) FROM support_entry)",
        "DELETE FROM support_entry WHERE id = (SELECT max(id) FROM support_entry)",
        "DELETE FROM support_entry WHERE id = (SELECT min(id) FROM support_entry)",
    ],
)
async def test_a_broken_log_of_support_is_reported(db, change):
    await plan()
    async with DB.pool.acquire() as connection:
        await connection.execute(
            f"SET session_replication_role = replica; {change}; SET session_replication_role = DEFAULT"
        )
    assert "The log of support is broken" in await problems()


async def test_keys_that_do_not_open_and_keys_that_are_not_there_are_reported(db, settings):
    await plan()
    assert "1 data key does not open" in " ".join(await checks._sealed_problems(settings))
    await SupportPlan.raw("DELETE FROM data_key")
    assert "recruit keys restore" in await problems()


async def test_a_master_key_that_others_can_read_is_reported(db, settings):
    await sealed(settings)
    keys.file(settings).chmod(0o644)
    assert any("master-key" in problem for problem in checks._folder_problems(settings))


async def test_a_page_says_plainly_why_a_plan_cannot_be_opened_and_shows_nothing_of_it(as_):
    number = await plan()
    row = await SupportPlan.objects().get(SupportPlan.id == number)
    client = await as_(await Person.objects().get(Person.id == row.person))
    assert (await client.get(f"/support-plans/{number}")).status_code == 200
    await SupportPlan.update({SupportPlan.body: row.body[:-1]}).where(SupportPlan.id == number)
    changed = await client.get(f"/support-plans/{number}")
    await SupportPlan.raw("UPDATE data_key SET master = 'another'")
    lost = await client.get(f"/support-plans/{number}")
    for answer, words in ((changed, "not as it was written"), (lost, "Put the key file back")):
        assert (answer.status_code, words in answer.text) == (409, True)
        assert support.MARKER not in answer.text
