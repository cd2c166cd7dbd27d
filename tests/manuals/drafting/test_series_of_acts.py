"""Random series of structural acts, edits, undo and restore against a remembered copy: after each, the tree, the
numbers, the lines of descent, the history and what references were called agree with what was remembered."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import OBJECT_MARKER, write_reference
from manuals.content import Text
from manuals.drafting.changes import ChangeRefused, Position
from manuals.drafting.queries.last_acts import find_last_version, find_undone_act
from manuals.drafting.services.editing import add_clause, revise_clause
from manuals.drafting.services.history import load_section_at
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.sections import revise_section
from manuals.drafting.services.shifting import Direction, shift_clause
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    restore_clause,
    retire_clause,
    split_clause,
)
from manuals.drafting.services.undoing import undo_last_act
from manuals.drafting.told_words import load_past_words, load_told_words
from manuals.models import Clause, Section
from manuals.models.undone import lines_in_force
from manuals.queries import load_draft_entries
from tests import factories

pytestmark = pytest.mark.django_db
PART = 5


@dataclass(frozen=True)
class Leaf:
    """A clause of the remembered copy, with what hangs below it."""

    uuid: UUID
    words: str
    below: tuple["Leaf", ...] = ()


type Tree = tuple[Leaf, ...]


def families(tree: Tree) -> list[tuple[Leaf, Tree]]:
    """Every clause with the list it stands in, in reading order."""
    found = []
    for leaf in tree:
        found += [(leaf, tree), *families(leaf.below)]
    return found


def written_over(tree: Tree, uuid: UUID, change: Callable[[Leaf], Tree]) -> Tree:
    """The tree with the clause replaced by what `change` makes of it."""
    made: list[Leaf] = []
    for leaf in tree:
        if leaf.uuid == uuid:
            made += change(leaf)
        else:
            made.append(replace(leaf, below=written_over(leaf.below, uuid, change)))
    return tuple(made)


def parent_in(tree: Tree, uuid: UUID, above: Leaf | None = None) -> Leaf | None:
    for leaf in tree:
        if leaf.uuid == uuid:
            return above
        if any(other.uuid == uuid for other, _ in families(leaf.below)):
            return parent_in(leaf.below, uuid, leaf)
    raise AssertionError(uuid)


@dataclass
class Copy:
    """What was remembered: of today, and of every version."""

    title: str
    tree: Tree
    titles: dict[int, str] = field(default_factory=dict)
    versions: dict[int, Tree] = field(default_factory=dict)
    descent: set[tuple[UUID, UUID, str]] = field(default_factory=set)
    descents: dict[int, set[tuple[UUID, UUID, str]]] = field(default_factory=dict)
    retired: dict[UUID, Leaf] = field(default_factory=dict)
    called: dict[int, dict[str, str]] = field(default_factory=dict)


class Series:
    """A process of one part with three clauses, changed again and again by one drafter."""

    numbers = count(1)

    def __init__(self, section: Section, drafter: User) -> None:
        self.section, self.drafter = section, drafter
        self.done = {"by": drafter, "reason": "ตามที่ประชุม"}
        leaves = []
        for _ in range(3):
            clause = factories.make_clause(
                section, self.new_words(), part=PART, by=drafter
            )
            leaves.append(Leaf(clause.uuid, clause.plain))
        self.copy = Copy(section.title, tuple(leaves))
        section.refresh_from_db()
        self.first_version = section.version
        self.remember()

    def new_words(self) -> str:
        return f"ตรวจเรื่องที่ {next(self.numbers)} ให้ครบถ้วน"

    def remember(self) -> None:
        self.section.refresh_from_db()
        self.copy.versions[self.section.version] = self.copy.tree
        self.copy.titles[self.section.version] = self.copy.title
        self.copy.descents[self.section.version] = set(self.copy.descent)
        cited = Clause.objects.filter(section=self.section).values_list(
            "uuid", flat=True
        )
        bodies = [write_reference(str(uuid)) for uuid in cited]
        told = load_told_words(bodies)
        self.copy.called[self.section.version] = {
            body: told.fill(OBJECT_MARKER, body, self.section.pk) for body in bodies
        }

    # --- the acts: each returns the tree as it must be afterwards, None where there is nothing to do

    def act(self, name: str, pick: int) -> None:
        chosen = families(self.copy.tree)
        if not chosen and name not in ("add", "undo", "restore", "bring_back"):
            return
        leaf, siblings = chosen[pick % len(chosen)] if chosen else (None, ())
        try:
            tree = getattr(self, name)(pick, leaf, siblings)
        except ChangeRefused:
            self.check()  # nothing was written
            return
        if tree is not None:
            if name in ("undo", "restore"):
                self.copy.retired.clear()  # what they take out is not remembered
            self.copy.tree = tree
            self.remember()
            self.check()

    def row(self, leaf: Leaf) -> Clause:
        return Clause.objects.select_related("section__manual", "parent__parent").get(
            uuid=leaf.uuid
        )

    def add(self, pick: int, leaf: Leaf | None, siblings: Tree) -> Tree:
        uuid, words = factories.uuids.uuid4(), self.new_words()
        parent = leaf.uuid if leaf and pick % 2 else None
        add_clause(
            Text(body=words),
            Position(self.section, PART, parent),
            uuid=uuid,
            **self.done,
        )
        if parent is None:
            return (*self.copy.tree, Leaf(uuid, words))
        return written_over(
            self.copy.tree,
            parent,
            lambda leaf: (replace(leaf, below=(*leaf.below, Leaf(uuid, words))),),
        )

    def edit(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        words, row = self.new_words(), self.row(leaf)
        revise_clause(
            row,
            row.lock_version,
            Text(body=words),
            numbering=row.numbering,
            **self.done,
        )
        return written_over(
            self.copy.tree, leaf.uuid, lambda leaf: (replace(leaf, words=words),)
        )

    def rename(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        title = self.new_words()
        revise_section(
            self.section, self.section.version, {"title": title}, **self.done
        )
        self.copy.title = title
        return self.copy.tree

    def split(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        row = self.row(leaf)
        first, second = self.new_words(), self.new_words()
        if pick % 2:
            first = leaf.words  # all that was joined there before
        made = split_clause(
            row, row.lock_version, [Text(body=first), Text(body=second)], **self.done
        )
        self.copy.descent.add((leaf.uuid, made[1].uuid, "split"))
        return written_over(
            self.copy.tree,
            leaf.uuid,
            lambda leaf: (replace(leaf, words=first), Leaf(made[1].uuid, second)),
        )

    def join(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree | None:
        at = siblings.index(leaf)
        if at + 1 == len(siblings):
            return None
        other, words = siblings[at + 1], self.new_words()
        if pick % 2:
            words = f"{leaf.words} {other.words}"
        one, two = self.row(leaf), self.row(other)
        join_clauses(
            [(one, one.lock_version), (two, two.lock_version)],
            Text(body=words),
            **self.done,
        )
        self.copy.descent.add((other.uuid, leaf.uuid, "merged"))
        tree = written_over(self.copy.tree, other.uuid, lambda _: ())
        return written_over(
            tree,
            leaf.uuid,
            lambda leaf: (replace(leaf, words=words, below=leaf.below + other.below),),
        )

    def shift(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        direction = list(Direction)[pick % 4]
        row = self.row(leaf)
        shift_clause(row, row.lock_version, direction, by=self.drafter)
        at = siblings.index(leaf)
        tree = written_over(self.copy.tree, leaf.uuid, lambda _: ())
        match direction:
            case Direction.UP:
                return written_over(
                    tree, siblings[at - 1].uuid, lambda other: (leaf, other)
                )
            case Direction.DOWN:
                return written_over(
                    tree, siblings[at + 1].uuid, lambda other: (other, leaf)
                )
            case Direction.IN:
                above = siblings[at - 1].uuid
                return written_over(
                    tree,
                    above,
                    lambda other: (replace(other, below=(*other.below, leaf)),),
                )
            case Direction.OUT:
                parent = parent_in(self.copy.tree, leaf.uuid)
                return written_over(tree, parent.uuid, lambda other: (other, leaf))

    def move(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        """Below some other clause, which may be one below itself: that is refused."""
        everyone = families(self.copy.tree)
        target = everyone[(pick * 7 + 1) % len(everyone)][0]
        row = self.row(leaf)
        position = Position(self.section, PART, target.uuid, numbering="paren")
        move_clause(row, row.lock_version, position, **self.done)
        tree = written_over(self.copy.tree, leaf.uuid, lambda _: ())
        return written_over(
            tree,
            target.uuid,
            lambda other: (replace(other, below=(*other.below, leaf)),),
        )

    def retire(self, pick: int, leaf: Leaf, siblings: Tree) -> Tree:
        row = self.row(leaf)
        retire_clause(row, row.lock_version, **self.done)
        self.copy.retired[leaf.uuid] = leaf
        return written_over(self.copy.tree, leaf.uuid, lambda _: ())

    def bring_back(self, pick: int, leaf: Leaf | None, siblings: Tree) -> Tree | None:
        """Where it comes back to is told by its rank: the copy learns the order, and knows everything else."""
        gone = [
            known for known in self.copy.retired.values() if self.row(known).retired_id
        ]
        if not gone:
            return None
        back = gone[pick % len(gone)]
        row = self.row(back)
        restore_clause(row, row.lock_version, **self.done)
        row.refresh_from_db()
        here = (
            Clause.objects.live()
            .filter(section=self.section, parent=row.parent)
            .exclude(pk=row.pk)
        )
        above = here.filter(rank__lt=row.rank).order_by("rank").last()
        parent = row.parent and row.parent.uuid
        if above is not None:
            return written_over(self.copy.tree, above.uuid, lambda other: (other, back))
        if parent is not None:
            return written_over(
                self.copy.tree,
                parent,
                lambda other: (replace(other, below=(back, *other.below)),),
            )
        return (back, *self.copy.tree)

    def undo(self, pick: int, leaf: Leaf | None, siblings: Tree) -> Tree | None:
        if self.section.version == self.first_version:
            return None
        last = find_last_version(self.section)
        again = last is not None and find_undone_act(last) is not None
        undo_last_act(self.section, self.section.version, again=again, by=self.drafter)
        self.copy.title = self.copy.titles[self.section.version - 1]
        self.copy.descent = set(self.copy.descents[self.section.version - 1])
        return self.copy.versions[self.section.version - 1]

    def restore(self, pick: int, leaf: Leaf | None, siblings: Tree) -> Tree:
        numbers = sorted(self.copy.versions)
        number = numbers[pick % len(numbers)]
        restore_section(self.section, number, **self.done)
        self.copy.title = self.copy.titles[number]
        return self.copy.versions[number]

    # --- what must agree

    def check(self) -> None:
        entries = load_draft_entries(self.section)[1:]
        expected = families(self.copy.tree)
        assert [(entry.uuid, entry.content.body) for entry in entries] == [
            (leaf.uuid, leaf.words) for leaf, _ in expected
        ]
        parents = dict(
            Clause.objects.live()
            .filter(section=self.section)
            .values_list("uuid", "parent__uuid")
        )
        for leaf, _ in expected:
            above = parent_in(self.copy.tree, leaf.uuid)
            assert parents[leaf.uuid] == (above and above.uuid)
        top = [
            entry.cite
            for entry in entries
            if entry.depth == 0 and entry.numbering == "decimal"
        ]
        assert top == [f"{PART}.{number}" for number in range(1, len(top) + 1)]
        lines = lines_in_force().filter(to_clause__section=self.section)
        assert (
            set(lines.values_list("from_clause__uuid", "to_clause__uuid", "kind"))
            == self.copy.descent
        )
        assert Section.objects.get(pk=self.section.pk).title == self.copy.title
        for number, tree in self.copy.versions.items():
            state = load_section_at(self.section, number)
            assert state.row["title"] == self.copy.titles[number]
            said = {
                clause.key: (clause.content.body, clause.parent_key)
                for clause in state.clauses
            }
            assert said == {
                leaf.uuid: (
                    leaf.words,
                    (above := parent_in(tree, leaf.uuid)) and above.uuid,
                )
                for leaf, _ in families(tree)
            }

    def check_references(self) -> None:
        """What every clause was called right after each act is what history says it was called then."""
        acts = dict(self.section.versions.values_list("number", "revision"))
        asked = [
            (body, acts[number])
            for number, called in self.copy.called.items()
            for body in called
        ]
        told = load_past_words(asked)
        for number, called in self.copy.called.items():
            then = told[acts[number]]
            assert called == {
                body: then.fill(OBJECT_MARKER, body, self.section.pk) for body in called
            }, number


ACTS = (
    "add",
    "edit",
    "rename",
    "split",
    "join",
    "shift",
    "move",
    "retire",
    "bring_back",
    "undo",
    "restore",
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), min_size=3, max_size=8
    )
)
def test_every_series_leaves_what_the_copy_says(
    drafter: User, manual, acts: list[tuple[str, int]]
) -> None:
    series = Series(
        factories.make_section(manual, "การรับหนังสือ", kind="process", by=drafter),
        drafter,
    )
    for name, pick in acts:
        series.act(name, pick)
    series.check_references()
