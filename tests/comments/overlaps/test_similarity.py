"""All pairs of wordings that say nearly the same, exactly as comparing each with each would find them."""

import random
from itertools import combinations

import pytest

from comments.overlaps.shared_words import mark_shared_words
from comments.overlaps.similarity import LEAST_ALIKE, find_alike, weigh_words

WORDS = [f"คำ{number}" for number in range(60)]


def made_up(number: int, seed: int) -> dict[int, frozenset[str]]:
    """Wordings of common and rare words, some of them nearly copies of others."""
    chance = random.Random(seed)
    wordings: dict[int, frozenset[str]] = {}
    for key in range(number):
        if wordings and chance.random() < 0.3:
            words = set(chance.choice(list(wordings.values())))
            words.discard(chance.choice(WORDS))
            words.add(chance.choice(WORDS))
        else:
            size = chance.randint(0, 14)
            words = {WORDS[int(60 * chance.random() ** 2)] for _ in range(size)}
        wordings[key] = frozenset(words)
    return wordings


def by_comparing_each(
    wordings: dict[int, frozenset[str]], least: float
) -> set[tuple[int, int]]:
    weights = weigh_words(wordings)
    found = set()
    for first, second in combinations(sorted(wordings), 2):
        either = wordings[first] | wordings[second]
        if not wordings[first] or not wordings[second]:
            continue
        shared = sum(weights[word] for word in wordings[first] & wordings[second])
        if shared >= least * sum(weights[word] for word in either) - 1e-9:
            found.add((first, second))
    return found


@pytest.mark.parametrize("least", [0.3, LEAST_ALIKE, 0.8])
@pytest.mark.parametrize("seed", range(4))
def test_finds_what_comparing_each_with_each_finds(seed: int, least: float) -> None:
    wordings = made_up(150, seed)
    places = {key: key for key in wordings}
    found = list(find_alike(wordings, places=places, least=least))
    pairs = {(alike.first, alike.second) for alike in found}
    assert len(pairs) == len(found) > 20
    assert pairs == by_comparing_each(wordings, least)


def test_with_changed_ones_finds_exactly_their_pairs() -> None:
    wordings = made_up(150, 9)
    places = {key: key for key in wordings}
    changed = {3, 40, 41, 140}
    everything = set(find_alike(wordings, places=places))
    found = set(find_alike(wordings, places=places, changed=changed))
    assert found == {
        alike for alike in everything if {alike.first, alike.second} & changed
    }
    assert 0 < len(found) < len(everything)


def test_one_place_is_not_compared_with_itself() -> None:
    words = frozenset(WORDS[:10])
    wordings = {1: words, 2: words, 3: words}
    found = find_alike(wordings, places={1: 7, 2: 7, 3: 8})
    pairs = sorted((alike.first, alike.second) for alike in found)
    assert pairs == [(1, 3), (2, 3)]


def test_rare_words_tell_more_than_common_ones() -> None:
    """What all wordings say makes two of them not alike."""
    common = frozenset({"เสนอ", "ผู้อำนวยการ", "พิจารณา"})
    wordings = {key: common | {f"เฉพาะ{key}"} for key in range(30)}
    wordings[30] = common | {"เฉพาะ0"}
    found = list(find_alike(wordings, places={key: key for key in wordings}))
    assert [(alike.first, alike.second) for alike in found] == [(0, 30)]


def test_shared_words_are_marked_and_nothing_is_lost() -> None:
    first = "ให้รวบรวมพยานหลักฐานทั้งพยานเอกสารและพยานบุคคล ภายใน 7 วัน"
    second = "คณะกรรมการรวบรวมพยานหลักฐานทั้งพยานเอกสารและพยานบุคคลโดยเร็ว"
    marked = mark_shared_words(first, second)
    assert "".join(stretch.text for stretch in marked.first) == first
    assert "".join(stretch.text for stretch in marked.second) == second
    shared = "รวบรวมพยานหลักฐานทั้งพยานเอกสารและพยานบุคคล"
    for side in marked:
        assert [stretch.text for stretch in side if stretch.is_shared] == [shared]


def test_a_word_by_chance_is_not_marked() -> None:
    marked = mark_shared_words("ให้เสนอภายใน 3 วัน", "ให้ตรวจรถทุกวัน")
    assert not any(stretch.is_shared for side in marked for stretch in side)
