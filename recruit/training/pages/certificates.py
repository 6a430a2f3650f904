"""Certificates: as PDF, as badge, and what their code says to whoever holds one."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people.reach import Reach
from competences.scoring.scale import level_name
from competences.text import _
from competences.training.queries import completions as queries
from competences.training.queries.courses import LevelRow, levels_of_version
from recruit.access import Action
from recruit.training.queries.badges import badge_key
from recruit.training.rules.badges import Badge, credential, did_of, signed
from recruit.training.rules.certificates import Certificate, Words, pdf
from recruit.web.address import address_of
from recruit.web.files import named
from recruit.web.i18n import locale, long_date, number, today
from recruit.web.render import page, see


@get(
    "/training/completions/{completion_id:int}/certificate.pdf",
    name="certificate.pdf", action=Action.READ_TRAINING,
)  # fmt: skip
async def certificate_pdf(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    completion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    row = await queries.certificate(actor, reach, completion_id)
    certificate = Certificate(
        organisation=request.app.state.settings.organisation, person=row.person, course=row.title,
        aims=row.aims, facts=_facts(row), levels=[_level(one) for one in await levels_of_version(row.version_id)],
        code=row.code, address=_page(request, row.code), language=locale.get().language, words=_words(),
    )  # fmt: skip
    headers = named(f"certificate-{row.course}.pdf", "inline")
    return Response(pdf(certificate, row.recorded_at), media_type="application/pdf", headers=headers)


def _page(request: HTMXRequest, code: str) -> str:
    return f"{address_of(request)}/certificates/{code}"


def _facts(row: queries.CertificateView) -> list[tuple[str, str]]:
    found = [
        (_("Course"), _("%(code)s, version %(number)s", code=row.course, number=row.number)),
        (_("Hours"), number(row.hours, 0 if row.hours == int(row.hours) else 2)),
        (_("Completed on"), long_date(row.completed_on)),
    ]
    return [*found, (_("In date until"), long_date(row.ends_on) if row.ends_on else _("No end"))]


def _level(one: LevelRow) -> str:
    return _(
        "%(code)s %(name)s: level %(level)s, %(words)s",
        code=one.code, name=one.name, level=one.level, words=level_name(one.level),
    )  # fmt: skip


def _words() -> Words:
    return Words(
        title=_("Certificate"),
        subtitle=_("has completed the course"),
        aims=_("What the course is for"),
        levels=_("What the course is to reach"),
        levels_note=_(
            "These are the levels that the course aims at. A certificate states nobody’s own level."
        ),
        verify=_("Whether this certificate is genuine and in date:"),
        code=_("Code"),
    )


@get("/training/completions/{completion_id:int}/badge.jwt", name="badge.jwt", action=Action.READ_TRAINING)
async def badge_jwt(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach],
    completion_id: FromPath[int],
) -> Response[Any]:  # fmt: skip
    row = await queries.certificate(actor, reach, completion_id)
    settings, levels = request.app.state.settings, await levels_of_version(row.version_id)
    key = badge_key(settings)
    badge = Badge(
        page=_page(request, row.code), course_page=f"{address_of(request)}/training/courses/{row.course_id}",
        email=row.email, course=row.course, title=row.title, number=row.number, aims=row.aims,
        criteria="\n".join([_level(one) for one in levels]) or _("Completed as the course asks."),
        completed_on=row.completed_on, ends_on=row.ends_on, code=row.code,
    )  # fmt: skip
    token = signed(credential(badge, did_of(key), settings.organisation), key)
    headers = named(f"badge-{row.course}.jwt")
    return Response(token, media_type="application/vc+jwt", headers=headers)


@get("/badges/issuer.json", name="issuer", action=Action.VISIT)
async def issuer(request: HTMXRequest) -> Response[Any]:
    """Who signs badges, and with which public key. The identifier is that key, so this only helps to look it up."""
    settings = request.app.state.settings
    key = badge_key(settings)
    public = {**key.as_dict(private=False), "alg": "EdDSA", "use": "sig"}
    return Response(
        {"id": did_of(key), "type": ["Profile"], "name": settings.organisation, "keys": [public]},
        media_type="application/json",
    )


@get("/certificates", name="certificates", action=Action.VISIT)
async def code_page(request: HTMXRequest) -> Response[Any]:
    if code := "".join(request.query_params.get("code", "").split()):
        return see(f"/certificates/{code.rsplit('/', 1)[-1]}")
    return page(request, "certificates/code.html")


@get("/certificates/{code:str}", name="certificate", action=Action.VISIT)
async def verification_page(request: HTMXRequest, code: FromPath[str]) -> Response[Any]:
    found = await queries.verification(code)
    return page(request, "certificates/verification.html", found=found, code=code, today=today())


router = Router("/", route_handlers=[certificate_pdf, badge_jwt, issuer, code_page, verification_page])
