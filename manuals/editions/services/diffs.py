"""Differences between two stored wordings, field by field: worked out once for each pair and tokeniser."""

from hearing_portal.thai import words
from hearing_portal.thai.diff import FieldDiff, Op, diff_fields

from ...models import TextBlob, TokenDiff


def stored_diff(from_sha: str, to_sha: str) -> dict[str, list[Op]]:
    """{field: the steps from the older wording to the newer one} for every field of either wording.

    Kept in TokenDiff by (from, to, tokeniser); equal wordings give only steps that are "equal". Raises
    TextBlob.DoesNotExist for a hash nobody stored.
    """
    pair = {"from_sha": from_sha, "to_sha": to_sha, "tokenizer": words.TOKENIZER}
    known = TokenDiff.objects.filter(**pair).first()
    if known is not None:
        return {name: [Op(*step) for step in steps] for name, steps in known.ops}
    found = {field.name: field.ops for field in diff_blobs(*_blobs(from_sha, to_sha))}
    TokenDiff.objects.get_or_create(**pair, defaults={"ops": list(found.items())})
    return found


def stored_field_diffs(old: TextBlob, new: TextBlob) -> list[FieldDiff]:
    """The same with the texts, in the newer wording's order: what a redline is made from."""
    ops = stored_diff(old.sha, new.sha)
    before, after = dict(old.as_content.fields()), dict(new.as_content.fields())
    return [FieldDiff(name, steps, before.get(name, ""), after.get(name, "")) for name, steps in ops.items()]


def diff_blobs(old: TextBlob, new: TextBlob) -> list[FieldDiff]:
    """Every field of either wording once, worked out afresh."""
    return diff_fields(old.as_content.fields(), new.as_content.fields())


def _blobs(from_sha: str, to_sha: str) -> tuple[TextBlob, TextBlob]:
    found = TextBlob.objects.in_bulk({from_sha, to_sha})
    if len(found) < len({from_sha, to_sha}):
        raise TextBlob.DoesNotExist
    return found[from_sha], found[to_sha]
