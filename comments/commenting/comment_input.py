"""What a person says about an entry, before it is a row."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from manuals.content import Content
from manuals.models import EditionEntry

from ..models import Comment

AGREED = "เห็นชอบ"  # the text of an agreement without words


@dataclass(frozen=True, slots=True)
class CommentInput:
    """What a person said. `proposed` is a whole content for amend and add; `span` is [start, end) in code points of
    the field's text, and `quote` the words there."""

    type: str
    text: str
    issue_class: str | None = None
    issue_data: dict[str, Any] = field(default_factory=dict)
    field: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""
    proposed: Content | None = None

    @property
    def has_words(self) -> bool:
        """Whether the person wrote something of their own: agreeing needs no words."""
        return self.text != AGREED or self.type != Comment.Type.AGREE

    def body_sha(
        self,
        entry: EditionEntry,
        *,
        parent: Comment | None,
        sender: Sequence[object],
    ) -> str:
        """Equal bodies have equal hashes: what tells a replayed key from a reused one.

        The session is no part of it: the portal chooses it, and a room may have opened before the replay. A device
        may send again what it stored before an upgrade: the keys of the body stay as they are.
        """
        body: dict[str, object] = {
            "type": self.type,
            "text": self.text,
            "issue_class": self.issue_class,
            "issue_data": self.issue_data,
            "field": self.field,
            "span": self.span,
            "quote": self.quote,
            "proposed": None,
            "entry": entry.pk,
            "parent": None,
            "x": sender,
        }
        if self.proposed is not None:
            body["proposed"] = self.proposed.as_json()
        if parent is not None:
            body["parent"] = parent.pk
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
