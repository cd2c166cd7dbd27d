"""What a process keeps of sealed editions, and that it is of them alone."""

from manuals.edition_memory import forget_editions, kept_of_edition
from manuals.models import Edition
from manuals.queries import load_edition_entries
from tests import factories


def test_a_section_of_an_edition_is_read_once(
    edition, process, django_assert_num_queries
):
    with django_assert_num_queries(1):
        first = load_edition_entries(edition, process)
        first.clear()
        assert len(load_edition_entries(edition, process)) == 18
    forget_editions()
    with django_assert_num_queries(1):
        load_edition_entries(edition, process)


def test_each_edition_has_its_own(edition, process, drafter, admin):
    before = load_edition_entries(edition, process)
    later = factories.make_edition("REVISED-2565", by=admin)
    assert [entry.entry_id for entry in load_edition_entries(later, process)] != [
        entry.entry_id for entry in before
    ]


def test_nothing_is_kept_of_what_is_not_sealed_yet(db):
    asked = []

    @kept_of_edition
    def ask(edition: Edition, word: str) -> str:
        asked.append(word)
        return word

    unsealed = Edition(pk=1, code="X")
    assert [ask(unsealed, "a"), ask(unsealed, "a")] == ["a", "a"]
    assert asked == ["a", "a"]
