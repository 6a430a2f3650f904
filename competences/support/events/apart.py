"""What the ordinary log says: nothing that tells whether there is a plan."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyTried(Event):
    """A support lead asked for what there is of somebody, in an emergency."""

    name = "support-emergency.tried"
    subject = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySeen(Event):
    """Somebody took note of it."""

    name = "support-emergency.seen"
    subject = "emergency_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSet(Event):
    """Whatever is held of somebody stays until a day."""

    name = "support-hold.set"
    subject = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDrafted(Event):
    """A need of the catalogue has a draft."""

    name = "need.drafted"
    subject = "need_version"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraftChanged(Event):
    """The words of a draft were changed."""

    name = "need-draft.changed"
    subject = "need_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraftDeleted(Event):
    """A draft was removed."""

    name = "need-draft.deleted"
    subject = "need_version"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPublished(Event):
    """A version of a need is fixed."""

    name = "need.published"
    subject = "need_version"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRetired(Event):
    """A need is offered no more."""

    name = "need.retired"
    subject = "need"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRestored(Event):
    """A retired need is offered again."""

    name = "need.restored"
    subject = "need"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKeyRotated(Event):
    """A new master key wraps what seals the texts."""

    name = "master-key.rotated"
    subject = "data_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysRestored(Event):
    """Keys were put back from a file."""

    name = "data-keys.restored"
    subject = "data_key"
