"""Differences between two stored wordings, field by field: worked out once for each pair and tokeniser."""

from hearing_portal.thai import words
from hearing_portal.thai.diff import FieldDiff, Op, diff_fields

from ...models import TextBlob, TokenDiff


def load_diff(from_sha: str, to_sha: str) -> dict[str, list[Op]]:
    """{field: the steps from the older wording to the newer one} for every field of either wording.

    Kept in TokenDiff by (from, to, tokeniser); equal wordings give only steps that are "equal". Raises
    TextBlob.DoesNotExist for a hash nobody stored.
    """
    pair = {"from_sha": from_sha, "to_sha": to_sha, "tokenizer": words.TOKENIZER}
    stored = TokenDiff.objects.filter(**pair).first()
    steps: dict[str, list[Op]] = {}
    if stored is not None:
        for name, stored_steps in stored.ops:
            steps[name] = [Op(*step) for step in stored_steps]
        return steps
    blobs = TextBlob.objects.in_bulk({from_sha, to_sha})
    if from_sha not in blobs or to_sha not in blobs:
        raise TextBlob.DoesNotExist
    for field in diff_blobs(blobs[from_sha], blobs[to_sha]):
        steps[field.name] = field.ops
    TokenDiff.objects.get_or_create(**pair, defaults={"ops": list(steps.items())})
    return steps


def load_field_diffs(old: TextBlob, new: TextBlob) -> list[FieldDiff]:
    """The same with the texts, in the newer wording's order: what a redline is made from."""
    old_texts = dict(old.as_content.fields())
    new_texts = dict(new.as_content.fields())
    diffs = []
    for name, steps in load_diff(old.sha, new.sha).items():
        diff = FieldDiff(
            name,
            steps,
            old_texts.get(name, ""),
            new_texts.get(name, ""),
        )
        diffs.append(diff)
    return diffs


def diff_blobs(old: TextBlob, new: TextBlob) -> list[FieldDiff]:
    """Every field of either wording once, worked out afresh."""
    return diff_fields(old.as_content.fields(), new.as_content.fields())
