"""Certificates on paper, as badges, and what strangers learn of them."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, date, datetime

import make
import pytest
from make import training
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, did_key_from_pem

from competences.people.reach import Reach
from competences.training.commands.completions import withdraw_completion
from recruit.access import Role
from recruit.settings import load
from recruit.training.queries.badges import badge_key
from recruit.training.rules.badges import Badge, base58, credential, did_of
from recruit.training.rules.certificates import Certificate, Words, pdf
from recruit.web.i18n import today

MADE = datetime(2026, 3, 31, tzinfo=UTC)
PAPER = Certificate(
    organisation="Brohus", person="Selin Aydın", course="De-escalation", aims="", facts=[("Hours", "8")],
    levels=["E1 Boundaries: level 3"], code="0" * 32, address="https://test.example/certificates/" + "0" * 32,
    language="en", words=Words("Certificate", "has completed", "For", "Reaches", "Aims.", "Verify:", "Code"),
)  # fmt: skip


@pytest.fixture
async def selin(db):
    """Somebody with a completion from a session of ours."""
    team = await make.team("Selin Aydın")
    team.selin = team.people[0]
    version = await training.course("De-escalation", builds={"E1": 3}, code="T04")
    team.row = await training.signed(team.selin, version, today())
    team.url = f"/training/completions/{team.row.id}"
    return team


# ── paper ──


def test_a_certificate_is_an_accessible_pdf_and_the_same_each_time():
    made = pdf(PAPER, MADE)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made
    assert pdf(PAPER, MADE) == made


@pytest.mark.parametrize("name", ["Şule Ağaoğlu", "Иван Дроздов", "Ελένη Ωμέγα", "محمد علي"])
def test_names_in_many_letters_are_drawn_with_letters(name):
    assert b"pdfuaid" in pdf(replace(PAPER, person=name), MADE)  # a missing letter is refused under PDF/UA


def test_a_name_without_a_font_still_gets_a_certificate():
    assert pdf(replace(PAPER, person="\U00013000 Hieroglyph"), MADE).startswith(b"%PDF-")


def test_what_was_typed_is_never_markup():
    typed = '#panic(1) *bold* $x$ "] <label> @ref // \\'
    made = replace(PAPER, person=typed, aims=typed, organisation=typed, course=typed, levels=[typed])
    assert pdf(made, MADE).startswith(b"%PDF-")


async def test_the_person_and_their_line_manager_get_the_paper(as_, selin):
    for person in (selin.selin, selin.manager):
        answer = await (await as_(person)).get(f"{selin.url}/certificate.pdf")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


async def test_files_of_a_course_with_a_code_in_other_letters_have_a_name_too(as_, selin):
    row = await training.signed(selin.selin, await training.course(code="Т4Ü"), today())
    client = await as_(selin.selin)
    for name, ending in (("certificate.pdf", ".pdf"), ("badge.jwt", ".jwt")):
        answer = await client.get(f"/training/completions/{row.id}/{name}")
        assert answer.headers["content-disposition"].endswith(f"%D0%A24%C3%9C{ending}")


async def test_there_is_no_paper_of_ours_for_what_we_did_not_see(as_, selin):
    version = await training.course("First aid")
    client = await as_(selin.selin)
    for origin in ("external", "imported", "recorded", "session"):  # the last without an outcome
        row = await training.completion(selin.selin, version, today(), origin=origin, issuer="Red Cross")
        assert (await client.get(f"/training/completions/{row.id}/certificate.pdf")).status_code == 404
        assert (
            "No certificate of Brohus has this code." in (await client.get(f"/certificates/{row.code}")).text
        )


# ── the code ──


async def test_a_stranger_with_the_code_learns_initials_and_days_alone(as_, selin):
    client = await as_(None)
    text = (await client.get(f"/certificates/{selin.row.code}")).text
    assert "This certificate is genuine and in date." in text
    assert "S. A." in text
    assert "De-escalation" in text
    assert "Selin" not in text
    assert "Aydın" not in text


async def test_a_withdrawn_certificate_says_so_and_is_given_no_more(as_, selin):
    jana = await make.actor(await make.person("Jana Wirth", Role.TRAINER))
    await withdraw_completion(jana, Reach.ALL, selin.row.id, "A secret reason.", today(), datetime.now(UTC))
    text = (await (await as_(None)).get(f"/certificates/{selin.row.code}")).text
    assert "was withdrawn" in text
    assert "secret" not in text
    for name in ("certificate.pdf", "badge.jwt"):
        assert (await (await as_(selin.selin)).get(f"{selin.url}/{name}")).status_code == 404


async def test_an_expired_certificate_is_genuine_and_says_until_when(as_, selin):
    row = await training.signed(selin.selin, await training.course("Old"), date(2020, 1, 1))
    text = (await (await as_(None)).get(f"/certificates/{row.code}")).text
    assert "is genuine, and has expired" in text
    assert "1 January 2021" in text


@pytest.mark.parametrize("code", ["0" * 32, "x", "%27%3B--", "%00", "a" * 400])
async def test_a_code_that_is_none_gets_a_page_like_any_other(as_, db, code):
    answer = await (await as_(None)).get(f"/certificates/{code}")
    assert answer.status_code == 200
    assert "No certificate of Brohus has this code." in answer.text


async def test_a_code_can_be_typed(as_, selin):
    client = await as_(None)
    assert "Type the code" in (await client.get("/certificates")).text
    spaced = f" {selin.row.code[:16]} {selin.row.code[16:]}"
    answer = await client.get("/certificates", params={"code": spaced})
    assert answer.headers["location"] == f"/certificates/{selin.row.code}"


# ── badges ──


async def badge(as_, selin) -> str:
    answer = await (await as_(selin.selin)).get(f"{selin.url}/badge.jwt")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_badge_verifies_with_nothing_but_itself(as_, selin):
    token = await badge(as_, selin)
    issuer = (await (await as_(None)).get("/badges/issuer.json")).json()
    found = OB3Verifier.for_issuer_did(issuer["id"]).verify(token)
    assert (found.issuer.name, found.achievement.name) == ("Brohus", "De-escalation")
    assert found.id.endswith(f"/certificates/{selin.row.code}")
    assert found.expiration_date.date() == selin.row.expires_on
    assert (
        "E1 Boundaries" in found.achievement.criteria_narrative
        or "E1" in found.achievement.criteria_narrative
    )


async def test_a_badge_that_was_changed_does_not_verify(as_, selin):
    head, body, signature = (await badge(as_, selin)).split(".")
    payload = json.loads(urlsafe_b64decode(body + "=="))
    payload["credentialSubject"]["achievement"]["name"] = "Leading a programme"
    forged = urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    with pytest.raises(OB3VerificationError, match="signature"):
        OB3Verifier.for_issuer_did(did_of(badge_key(load()))).verify(f"{head}.{forged}.{signature}")


async def test_a_badge_holds_neither_name_nor_address(as_, selin):
    body = (await badge(as_, selin)).split(".")[1]
    payload = urlsafe_b64decode(body + "==").decode()
    assert "Selin" not in payload
    assert selin.selin.email not in payload
    assert re.search(r'"identityHash": ?"sha256\$[0-9a-f]{64}"', payload)


async def test_the_key_is_made_once_and_read_by_nobody_else(as_, selin):
    first, second = await badge(as_, selin), await badge(as_, selin)
    assert first.split(".")[0] == second.split(".")[0]
    assert load().badge_key.stat().st_mode & 0o077 == 0
    issuer = (await (await as_(None)).get("/badges/issuer.json")).json()
    assert "d" not in issuer["keys"][0]
    assert did_key_from_pem(badge_key(load()).as_pem(private=False)) == issuer["id"]


def test_base58_as_in_its_published_examples():
    # draft-msporny-base58-03, test vectors
    assert base58(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert base58(b"The quick brown fox jumps over the lazy dog.") == (
        "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
    )
    assert base58(bytes.fromhex("0000287fb4cd")) == "11233QC4"


def test_a_badge_without_an_end_or_an_address_says_nothing_of_them():
    made = credential(
        Badge("p", "c", None, "T04", "De-escalation", 1, "", "Seen.", date(2026, 3, 31), None, "0" * 32),
        "did:key:z", "Brohus",
    )  # fmt: skip
    assert "validUntil" not in made
    assert "identifier" not in made["credentialSubject"]
