"""What a file says of an entry, as what a person says about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hearing_portal.thai.text import TextRefused, clean_text, visible_text
from manuals.models import EditionEntry
from manuals.word_export.returned import ReturnedItem
from manuals.wording import WORDING_LIMIT, entry_content

from ..commenting.comment_input import AGREED, CommentInput
from ..commenting.refusals import CommentRefused
from ..commenting.services.proposing import proposed_content, refuse_same_words
from ..limits import TEXT_LIMIT
from ..models import Comment
from .answered_types import TypeNotChosen, answered_type, is_label
from .choices import AS_READ, ItemChoice

Type = Comment.Type
LONGEST_CHUNK = TEXT_LIMIT - 100  # room for which one of several it is
NO_QUESTION = "ระบุว่าสอบถามแต่ไม่มีคำถาม โปรดขอคำถามจาก สพท. เจ้าของไฟล์"
ASKS = ("?", "หรือไม่", "หรือไม่ครับ", "หรือไม่คะ", "อย่างไร")


@dataclass(frozen=True, slots=True)
class _Said:
    """`texts` of the proposal, by field; `type` is "" where a person has to choose it."""

    type: str
    text: str
    texts: Mapping[str, str]


def comment_inputs(
    item: ReturnedItem, entry: EditionEntry, choice: ItemChoice = AS_READ
) -> list[CommentInput]:
    """One, or several where the words are longer than a comment may be: no word is left out. Of the type and class that
    somebody chose, or that the file says. Raises CommentRefused for what the text policy refuses, TypeNotChosen where
    the file does not say the type and nobody chose it."""
    said = _read(item)
    if not (said.type or choice.type):
        raise TypeNotChosen(item.choice)
    is_retyped = choice.type not in ("", said.type)
    if is_retyped:
        said = replace(said, type=choice.type)
    try:
        text = _kept_words(said.text)
        texts = {name: _kept_words(words) for name, words in said.texts.items()}
    except TextRefused as refused:
        raise CommentRefused(refused.message_th) from refused
    proposed = proposed_content(entry, said.type, reworded=texts, inserted=texts)
    is_clause = entry.clause_id is not None
    is_process = entry.data.get("kind") == "process"
    if said.type == Type.ADD and not (is_clause or is_process):
        proposed = None  # below a whole manual there is no place for a clause
    if texts and proposed is None and (item.kind == "answer" or is_retyped):
        # The words do not fit into the fields: they are said, whole
        text = "\n".join(filter(None, [text, *texts.values()]))
    if proposed is not None:
        only = CommentInput(said.type, text, proposed=proposed)
        try:
            refuse_same_words(entry, only)
        except CommentRefused:
            proposed = None
    if not text:
        text = _usual_text(said.type, has_proposal=proposed is not None)
    span = None
    quote = ""
    name = ""
    if item.start is not None and item.end is not None:
        name, span = item.field, (item.start, item.end)
        content = entry_content(entry)
        words_of_field = dict(content.fields())[name] if content is not None else ""
        quote = words_of_field[item.start : item.end]
    inputs: list[CommentInput] = []
    for chunk in _chunks(text):
        is_first = not inputs
        inputs.append(
            CommentInput(
                said.type if is_first else Type.AMEND,
                chunk,
                issue_class=choice.issue_class or None,
                field=name if is_first else "",
                span=span if is_first else None,
                quote=quote if is_first else "",
                proposed=proposed if is_first else None,
            )
        )
    return inputs


def _kept_words(words: str) -> str:
    return visible_text(clean_text(words, max_length=WORDING_LIMIT).text).strip()


def told_words(item: ReturnedItem) -> str:
    """All that the file says there, for its report."""
    said = [item.choice, item.words, *item.texts.values(), item.reason]
    words = " ".join(dict.fromkeys(each for each in said if each.strip()))
    return words or f"ตัด “{item.words_before}”"


def read_type(item: ReturnedItem) -> str:
    """The type that the file says, whatever the entry; "" where a person has to choose it."""
    return _read(item).type


def _usual_text(comment_type: str, *, has_proposal: bool) -> str:
    if comment_type == Type.AGREE:
        return AGREED
    if comment_type == Type.ASK:
        raise CommentRefused(NO_QUESTION)
    if comment_type == Type.DELETE:
        return "เสนอให้ตัดข้อนี้ออก"
    if comment_type == Type.ADD:
        return "เสนอให้เพิ่มข้อความต่อจากข้อนี้"
    if has_proposal:
        return "เสนอให้แก้ไขถ้อยคำของข้อนี้"
    return "เสนอให้แก้ไขข้อนี้"


def _read(item: ReturnedItem) -> _Said:
    match item.kind:
        case "move":
            return _Said(Type.AMEND, item.words, {})
        case "amend":
            text = "" if item.texts else f"เสนอให้แก้ไขเป็น “{item.words}”"
            return _Said(Type.AMEND, text, item.texts)
        case "add":
            return _Said(Type.ADD, "", item.texts)
        case "delete":
            return _Said(Type.DELETE, "", {})
        case "remark":
            asks = item.words.strip().endswith(ASKS)
            return _Said(Type.ASK if asks else Type.AMEND, item.words, {})
        case "answer":
            return _read_answer(item)


def _read_answer(item: ReturnedItem) -> _Said:
    text = item.words.strip()
    if item.reason.strip():
        text = f"{text}\nเหตุผล: {item.reason.strip()}".strip()
    comment_type = answered_type(item)
    # What somebody wrote in words of their own stays among their words
    if item.choice.strip() and not is_label(item.choice):
        text = f"{item.choice.strip()}\n{text}".strip()
    return _Said(comment_type or "", text, item.texts)


def _chunks(text: str) -> Iterator[str]:
    if len(text) <= TEXT_LIMIT:
        yield text
        return
    pieces = []
    rest = text
    while rest:
        end = LONGEST_CHUNK
        if len(rest) > end:
            # Between words, where there is a space near the end
            space = rest.rfind(" ", end - 400, end)
            end = space + 1 if space > 0 else end
        pieces.append(rest[:end])
        rest = rest[end:]
    for number, piece in enumerate(pieces, start=1):
        yield f"({number}/{len(pieces)}) {piece}"
