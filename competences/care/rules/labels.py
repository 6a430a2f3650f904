"""The words for what is chosen from a list."""

from competences.care.rules.cases import Decision, Hazard, Precaution
from competences.care.rules.choices import Duty, Gathering, Incident, Load
from competences.care.rules.media import Answer, Medium
from competences.care.rules.register import Basis, Happened
from competences.care.rules.sharing import Partner, Subject
from competences.text import _


def duty_name(duty: str) -> str:
    """Return a duty in the reader's language."""
    return {
        Duty.CHECK_UP: _("Check-up"),
        Duty.SUPERVISION: _("Supervision"),
        Duty.COACHING: _("Coaching"),
        Duty.ADDRESS: _("Address concealed"),
        Duty.REAL_NAME: _("Works under own name"),
    }[Duty(duty)]


def happened_name(happened: str) -> str:
    """Return what was recorded of a duty."""
    return {
        Happened.OFFERED: _("Offered"),
        Happened.DONE: _("Took place, or was confirmed"),
        Happened.DECLINED: _("The person said no"),
    }[Happened(happened)]


def basis_name(basis: str) -> str:
    """Return the legal basis of a check-up."""
    return {
        Basis.SAFETY_LAW: _("Law on safety at work"),
        Basis.AGREEMENT: _("Agreement with staff"),
        Basis.CONSENT: _("Consent of the person"),
    }[Basis(basis)]


def gathering_name(gathering: str) -> str:
    """Return what a team meets for."""
    return {
        Gathering.TEAM_MEETING: _("Multidisciplinary meeting"),
        Gathering.SAFE_SPACE: _("Safe-space session"),
    }[Gathering(gathering)]


def load_name(load: str) -> str:
    """Return how somebody says that their workload is."""
    return {
        Load.ROOM: _("Room for more"),
        Load.RIGHT: _("About right"),
        Load.MUCH: _("A lot"),
        Load.TOO_MUCH: _("Too much"),
    }[Load(load)]


def incident_name(kind: str) -> str:
    """Return what kind of thing happened."""
    return {
        Incident.THREAT: _("Threat"),
        Incident.VIOLENCE: _("Violence"),
        Incident.CLIENT_CRISIS: _("Crisis of a client"),
        Incident.EXPOSURE: _("Name, face or address became known"),
        Incident.NEWS: _("News that concerns everybody"),
    }[Incident(kind)]


def hazard_name(hazard: str) -> str:
    """Return what could harm staff."""
    return {
        Hazard.VIOLENCE: _("Violence towards others is known"),
        Hazard.WEAPONS: _("Access to weapons"),
        Hazard.OTHERS: _("A group or others around the person"),
        Hazard.EXPOSURE: _("Names, faces or addresses of staff could become known"),
        Hazard.RECORDING: _("Talks could be recorded or published"),
        Hazard.HOME_VISITS: _("Meetings in a home"),
        Hazard.TRAVEL: _("Travel alone or by night"),
        Hazard.CONFLICT: _("Private ties of a member of staff"),
        Hazard.STRAIN: _("Distressing material"),
        Hazard.INFECTION: _("Infection or drugs"),
    }[Hazard(hazard)]


def precaution_name(measure: str) -> str:
    """Return what is done about it."""
    return {
        Precaution.TANDEM: _("Always two colleagues"),
        Precaution.PUBLIC_PLACE: _("Meet in public places"),
        Precaution.OFFICE_ONLY: _("Meet in our rooms only"),
        Precaution.CALL_IN: _("Call before and after each meeting"),
        Precaution.ALARM: _("Carry an alarm"),
        Precaution.POLICE_KNOWS: _("The police know of the meetings"),
        Precaution.WORK_PHONE: _("Work phone only, no private contacts"),
        Precaution.SUPERVISION: _("Supervision sooner than usual"),
        Precaution.DEBRIEF: _("Debrief after each meeting"),
        Precaution.HANDOVER: _("Somebody is ready to take over"),
    }[Precaution(measure)]


def decision_name(decision: str) -> str:
    """Return what was decided."""
    return {
        Decision.TAKE: _("We take it on"),
        Decision.NOT_YET: _("Not yet"),
        Decision.DECLINE: _("We decline"),
    }[Decision(decision)]


def medium_name(medium: str) -> str:
    """Return where somebody is asked to appear."""
    return {
        Medium.PRESS: _("Press"),
        Medium.RADIO: _("Radio"),
        Medium.TELEVISION: _("Television"),
        Medium.ONLINE: _("Online"),
        Medium.EVENT: _("Event"),
        Medium.SCHOOL: _("School"),
    }[Medium(medium)]


def answer_name(answer: str) -> str:
    """Return what a person decided about an appearance."""
    return {Answer.AGREED: _("Agreed"), Answer.REFUSED: _("Said no")}[Answer(answer)]


def partner_name(partner: str) -> str:
    """Return a kind of organisation outside."""
    return {
        Partner.FUNDER: _("Funders"),
        Partner.MINISTRY: _("Ministries"),
        Partner.POLICE: _("Police"),
        Partner.PRISON: _("Prisons"),
        Partner.MUNICIPALITY: _("Municipalities"),
        Partner.RESEARCH: _("Research"),
        Partner.MEDIA: _("Media"),
    }[Partner(partner)]


def subject_name(subject: str) -> str:
    """Return what could be shared."""
    return {
        Subject.STAFFING: _("How many people work where"),
        Subject.TRAINING: _("How many are in date with training"),
        Subject.SUPERVISION: _("How many had supervision in time"),
        Subject.INCIDENTS: _("How many incidents there were"),
        Subject.NAMES: _("Names of staff"),
    }[Subject(subject)]
