"""The words that an assessment shows beside each competence. Those of a published version are read once."""

import json

from competences.frameworks.rules.texts import QuestionText
from competences.frameworks.tables import FrameworkVersion

Words = tuple[tuple[str, ...], tuple[QuestionText, ...]]
NO_WORDS: Words = ((), ())

_WORDS = """
SELECT c.id, (SELECT array_agg(a.text ORDER BY a.level) FROM anchor a WHERE a.competence = c.id) AS anchors,
       coalesce((SELECT jsonb_agg(jsonb_build_array(q.kind, q.text, q.follow_ups) ORDER BY q.position)
                 FROM question q WHERE q.competence = c.id), '[]') AS questions
FROM competence c JOIN framework_version v ON v.id = c.version
WHERE c.version = {} AND v.state <> 'draft'
"""

# Published versions never change (the database sees to it), so their words are read once a process.
_words: dict[int, dict[int, Words]] = {}


async def words_of(version_id: int) -> dict[int, Words]:
    """Return (anchors, interview questions) by competence of a version that is not a draft."""
    if version_id not in _words:
        rows = await FrameworkVersion.raw(_WORDS, version_id)
        if not rows:
            return {}
        _words[version_id] = {
            row["id"]: (
                tuple(row["anchors"] or ()),
                tuple(
                    QuestionText(kind, text, tuple(more)) for kind, text, more in json.loads(row["questions"])
                ),
            )
            for row in rows
        }
    return _words[version_id]
