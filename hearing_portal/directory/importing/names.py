"""Names as lists have them: the title inside the name, given and family name in one cell."""

import re

# {as people write it: the title}; the longest is looked for first
TITLES = {
    "นาย": "นาย",
    "นาง": "นาง",
    "นางสาว": "นางสาว",
    "น.ส.": "นางสาว",
    "ดร.": "ดร.",
    "ผศ.ดร.": "ผศ.ดร.",
    "รศ.ดร.": "รศ.ดร.",
    "ผศ.": "ผศ.",
    "รศ.": "รศ.",
    "ว่าที่ร้อยตรีหญิง": "ว่าที่ร้อยตรีหญิง",
    "ว่าที่ ร.ต.หญิง": "ว่าที่ร้อยตรีหญิง",
    "ว่าที่ร้อยตรี": "ว่าที่ร้อยตรี",
    "ว่าที่ ร.ต.": "ว่าที่ร้อยตรี",
}


def _pattern(title: str) -> str:
    """With or without spaces between its parts, and behind it."""
    return r"\s*".join(
        re.escape(part) for part in re.split(r"\s+|(?<=\.)", title) if part
    )


# Behind a title begins a name, and no name begins with a mark: นายิกา is a name itself
_TITLED = re.compile(
    "("
    + "|".join(_pattern(title) for title in sorted(TITLES, key=len, reverse=True))
    + r")\s*(?=[ก-ฮเ-ไ])(.+)",
    re.DOTALL,
)
_BY_LETTERS = {re.sub(r"\s", "", written): title for written, title in TITLES.items()}


def split_title(name: str) -> tuple[str, str]:
    """(title, name without it): ("นาง", "สมศรี") of "นางสมศรี". Without a title, and of a title alone, ("", name)."""
    found = _TITLED.fullmatch(name)
    if found is None:
        return "", name
    return plain_title(found[1]), found[2]


def plain_title(title: str) -> str:
    """The title that an abbreviation stands for."""
    return _BY_LETTERS.get(re.sub(r"\s", "", title), title)


def put_title_apart(title: str, given_name: str) -> tuple[str, str]:
    """The title of its own column, and the name without one that says the same; what stands in the column stays."""
    inside, name = split_title(given_name)
    if not inside:
        return title, given_name
    if not title:
        return inside, name
    return (title, name) if plain_title(title) == inside else (title, given_name)


def split_full_name(full_name: str) -> tuple[str, str]:
    """(given name with its title, family name); the family name is "" where no space parts them."""
    title, name = split_title(full_name)
    given_name, _, family_name = name.partition(" ")
    before = full_name.removesuffix(name) if title else ""
    return before + given_name, family_name.strip()
