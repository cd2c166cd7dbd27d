import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai import words
from hearing_portal.thai.script import cluster_ends, clusters
from hearing_portal.thai.words import (
    MAX_LENGTH,
    dictionary,
    is_word,
    tokenize,
    tokenize_inline,
)

some = settings(derandomize=True, max_examples=150, deadline=None)
thai = st.text(
    st.sampled_from("กขนรสปฤเแโาะำๅัิีุู่้์ํๆฯ. \n๐๕5a-\ufffc\u200b\u200d👍🏽\ufe0fé"),
    max_size=80,
)
prose = st.lists(
    st.sampled_from([*sorted(dictionary())[::600], " ", "ๆ", "2565", "GF07", "\n"]),
    max_size=15,
).map("".join)
anything = st.one_of(thai, prose, st.text(max_size=60))


def newmm_tokens(text: str) -> list[str]:
    newmm = words._loaded_newmm()
    return words._tokenize(
        text, words._split(text), lambda run: words._words_of(run, newmm)
    )


def ends(tokens: list[str]) -> set[int]:
    return {sum(map(len, tokens[: index + 1])) for index in range(len(tokens))}


@some
@given(anything)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokenize(text)) == text


@some
@given(anything)
def test_no_token_border_inside_a_cluster(text):
    assert ends(tokenize(text)) <= set(cluster_ends(text))


@some
@given(anything)
def test_clusters_joined_are_the_text(text):
    assert "".join(clusters(text)) == text


@some
@given(prose)
def test_no_token_begins_with_a_mark(text):
    assert [token for token in tokenize(text) if re.match("[ัิ-ฺ็-๎าำะ]", token)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ปู่ที่ฟื้นญี่ปุ่นฎุ้", ["ปู่", "ที่", "ฟื้", "น", "ญี่", "ปุ่", "น", "ฎุ้"]),
        ("เกาะแก่ง", ["เกาะ", "แก่", "ง"]),
        ("น้ำใจ", ["น้ำ", "ใจ"]),
        ("ฤๅษี", ["ฤๅ", "ษี"]),
        ("อักษร า", ["อั", "ก", "ษ", "ร", " ", "า"]),
        ("👩\u200d👩\u200d👧👍🏽🇹🇭🇱🇦", ["👩\u200d👩\u200d👧", "👍🏽", "🇹🇭", "🇱🇦"]),
        ("\n\u0e48\ufffc\u0e48", ["\n", "\u0e48", "\ufffc", "\u0e48"]),
    ],
)
def test_clusters(text, expected):
    assert clusters(text) == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", ["สำนักงานเขตพื้นที่การศึกษา", "ประถมศึกษา"]),
        ("ตามมติ อ.ก.ค.ศ. ที่ 5.4", ["ตาม", "มติ", " ", "อ.ก.ค.ศ.", " ", "ที่", " ", "5.4"]),
        ("ระบบ e-GP แบบ GF07", ["ระบบ", " ", "e-GP", " ", "แบบ", " ", "GF07"]),
        ("๑,๕๐๐ บาท พ.ศ. ๒๕๖๕", ["๑,๕๐๐", " ", "บาท", " ", "พ.ศ.", " ", "๒๕๖๕"]),
        ("ตามข้อ\ufffcและ", ["ตาม", "ข้อ", "\ufffc", "และ"]),
        ("", []),
        # A full stop is a token of its own, but for that of an abbreviation
        ("ให้ลงนาม.", ["ให้", "ลงนาม", "."]),
        ("ส่งเอกสาร. โทร. 02", ["ส่ง", "เอกสาร", ".", " ", "โทร", ".", " ", "02"]),
        ("(เอกสาร)", ["(", "เอกสาร", ")"]),
        ("ภายในพ.ศ.2562", ["ภายใน", "พ.ศ.", "2562"]),
        ("ลงนามก.ค.ศ.16", ["ลงนาม", "ก.ค.ศ.", "16"]),
        ("พบผอ.สพท.ที่สพท.", ["พบ", "ผอ.สพท.", "ที่", "สพท."]),
        ("08.30 น. ผอ. จบ..", ["08.30", " ", "น.", " ", "ผอ.", " ", "จบ", ".", "."]),
    ],
)
def test_tokens(text, tokens):
    assert tokenize(text) == tokens


def test_both_engines_give_equal_tokens(clauses):
    assert [newmm_tokens(clause) for clause in clauses] == [
        tokenize(clause) for clause in clauses
    ]


def test_threads_share_one_dictionary(clauses):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(tokenize, clauses * 8))

    assert answers == [tokenize(clause) for clause in clauses] * 8


def test_first_use_by_many_threads_loads_once():
    script = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from hearing_portal.thai.words import tokenize\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(set(map(tuple, pool.map(tokenize, ['สำนักงานเขตพื้นที่การศึกษา'] * 64))))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "{('สำนักงานเขตพื้นที่การศึกษา',)}"


def test_importing_the_library_loads_no_dictionary_and_no_django():
    script = (
        "import sys\n"
        "from hearing_portal.thai import dates, diff, merge, numbering, text, words\n"
        "print({'pythainlp', 'nlpo3', 'django'} & set(sys.modules))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "set()"


def test_terms_are_words_that_the_splitting_can_meet():
    assert words._read_terms() - dictionary() == set()
    assert len(words._read_terms()) > 150


def test_tokenizer_names_engine_rules_and_dictionary():
    assert re.fullmatch(r"(nlpo3|newmm)-[0-9.]+-r\d+-[0-9a-f]{10}", words.TOKENIZER)


def test_other_dictionary_is_another_tokenizer():
    smaller = dictionary() - {"สพป."}

    assert words._tokenizer_name(dictionary()) == words.TOKENIZER
    assert (
        words._tokenizer_name(smaller).rsplit("-", 1)[0]
        == words.TOKENIZER.rsplit("-", 1)[0]
    )
    assert words._tokenizer_name(smaller) != words.TOKENIZER


def test_is_word():
    assert [is_word("สำนักงาน"), is_word("สพป."), is_word("สานักงาน")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "1." * 50_000, "1.1,1a-" * 14_000, "่" * 100_000, "กา" * 50_000],
    ids=lambda text: ascii(text[:3]),
)
def test_long_runs_are_answered(text):
    assert "".join(tokenize(text)) == text


def test_text_over_the_limit_is_refused():
    with pytest.raises(ValueError, match="over the limit"):
        tokenize("ก" * (MAX_LENGTH + 1))


def test_tags_and_entities_of_a_body_are_whole_tokens():
    body = '<strong>ข้อ</strong> <a href="https://a.th/?x=1&amp;y=2">ก &lt; ข</a>'

    assert tokenize_inline(body) == [
        *(
            "<strong>",
            "ข้อ",
            "</strong>",
            " ",
            '<a href="https://a.th/?x=1&amp;y=2">',
            "ก",
            " ",
            "&lt;",
            " ",
            "ข",
            "</a>",
        )
    ]
