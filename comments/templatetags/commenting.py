"""Tags of the comments' templates."""

import re
import uuid as uuids
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from ..commenting.forms.replies import ReplyForm
from ..commenting.presentation.cards import CommentCard

register = template.Library()
REPLY_FORM = "comments/commenting/reply_form.html#form"
# What stands in a written form for what differs from one comment, one reader and one page to another
UUID_HOLE = uuids.UUID(int=2**128 - 1)
KEY_HOLE = uuids.UUID(int=2**128 - 2)
TOKEN_HOLE, SENDER_HOLE, COMMENT_HOLE, SESSION_HOLE = (
    f"\ue000{name}\ue001" for name in ("t", "s", "c", "e")
)
HOLES = re.compile(
    f"({UUID_HOLE}|{KEY_HOLE}|{TOKEN_HOLE}|{SENDER_HOLE}|{COMMENT_HOLE}|{SESSION_HOLE})"
)


@register.simple_tag(takes_context=True)
def reply_form(
    context: Context, card: CommentCard, refused: ReplyForm | None = None
) -> SafeString:
    """The form of a reply to the comment: the one that came back refused, else a fresh one. A page of comments has
    thirty fresh ones: they are written once, and filled in."""
    comment = card.comment
    session = card.reply_session
    if refused:
        told = {"told_session": session, "told_visibility": card.reply_visibility}
        action = reverse("comment-replies", args=[comment.uuid])
        with context.push(
            form=refused, action=action, to=comment, about=card.citation, **told
        ):
            every_value: dict[str, Any] = context.flatten()  # type: ignore[assignment]  # the stubs allow odd names
            return render_to_string(REPLY_FORM, every_value)
    pieces = _fresh_form(
        context.get("digits_style", ""),
        card.citation,
        card.reply_visibility,
        session is not None,
    )
    values = {
        str(UUID_HOLE): str(comment.uuid),
        str(KEY_HOLE): str(uuids.uuid4()),
        TOKEN_HOLE: str(context.get("csrf_token", "")),
        SENDER_HOLE: str(context["user"].pk),
        COMMENT_HOLE: str(comment.pk),
        SESSION_HOLE: str(session.pk) if session is not None else "",
    }
    return mark_safe("".join(values.get(piece, piece) for piece in pieces))


@lru_cache(maxsize=1000)
def _fresh_form(
    digits_style: str, about: str, told_visibility: str, has_session: bool
) -> list[str]:
    """In pieces, the holes among them, for the comments on one entry."""
    values = {
        "form": ReplyForm(
            auto_id=f"reply-{UUID_HOLE}-%s", initial={"client_key": KEY_HOLE}
        ),
        "action": reverse("comment-replies", args=[UUID_HOLE]),
        "to": SimpleNamespace(pk=COMMENT_HOLE, uuid=UUID_HOLE),
        "user": SimpleNamespace(pk=SENDER_HOLE),
        "csrf_token": TOKEN_HOLE,
        "digits_style": digits_style,
        "about": about,
        "told_session": SimpleNamespace(pk=SESSION_HOLE) if has_session else None,
        "told_visibility": told_visibility,
    }
    return HOLES.split(render_to_string(REPLY_FORM, values))
