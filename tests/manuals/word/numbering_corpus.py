"""Word files with every kind of numbering, and the numbers Word shows in them, written out by hand."""

from dataclasses import dataclass

from tests.manuals.word.docx_factory import Level, Num, Paragraph, make_docx

# The first numbers of each format
SIGNS = {
    "decimal": ["1", "2", "3", "4", "5", "6"],
    "thaiNumbers": ["๑", "๒", "๓", "๔", "๕", "๖"],
    "thaiLetters": ["ก", "ข", "ค", "ง", "จ", "ฉ"],
    "thaiCounting": ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก"],
    "lowerLetter": ["a", "b", "c", "d", "e", "f"],
    "upperLetter": ["A", "B", "C", "D", "E", "F"],
    "lowerRoman": ["i", "ii", "iii", "iv", "v", "vi"],
    "upperRoman": ["I", "II", "III", "IV", "V", "VI"],
    "decimalZero": ["01", "02", "03", "04", "05", "06"],
}


@dataclass(frozen=True)
class MadeFile:
    name: str
    raw: bytes
    shown: list[str]  # the number before each paragraph


def items(*places: tuple[int, int], inserted: int = -1) -> list[Paragraph]:
    """(list, level) of each paragraph."""
    return [
        Paragraph(f"ข้อความ{number}", num, level, is_inserted=number == inserted)
        for number, (num, level) in enumerate(places)
    ]


def make_corpus() -> list[MadeFile]:
    return [*_by_format(), *_by_nesting(), *_special()]


def _by_format() -> list[MadeFile]:
    made = []
    for number_format, signs in SIGNS.items():
        one, two, three, four, five, _ = signs
        plain = [[Level(number_format, "(%1)")]]
        cases = {
            # A list of its own that is the same abstract list goes on
            "goes-on": (
                make_docx(items((1, 0), (1, 0), (2, 0)), plain, [Num(), Num()]),
                [one, two, three],
            ),
            "begins-anew": (
                make_docx(
                    items((1, 0), (1, 0), (2, 0), (2, 0)),
                    plain,
                    [Num(), Num(0, {0: 1})],
                ),
                [one, two, one, two],
            ),
            "begins-at-4": (
                make_docx(
                    items((1, 0), (2, 0), (2, 0)), plain, [Num(), Num(0, {0: 4})]
                ),
                [one, four, five],
            ),
            "starts-at-3": (
                make_docx(
                    items((1, 0), (1, 0)), [[Level(number_format, "(%1)", 3)]], [Num()]
                ),
                [three, four],
            ),
            "inserted": (
                make_docx(items((1, 0), (1, 0), (1, 0), inserted=1), plain, [Num()]),
                [one, two, three],
            ),
        }
        for name, (raw, shown) in cases.items():
            label = [f"({sign})" for sign in shown]
            made.append(MadeFile(f"{number_format}-{name}", raw, label))
    return made


def _by_nesting() -> list[MadeFile]:
    nested = [
        [
            Level("thaiNumbers", "%1."),
            Level("thaiNumbers", "%1.%2"),
            Level("thaiNumbers", "%3)"),
            Level("thaiLetters", "%4."),
        ]
    ]
    walk = items(
        (1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 3), (1, 2), (1, 1), (1, 0), (1, 1)
    )
    interrupted = [
        *items((1, 0), (1, 1), (1, 1)),
        Paragraph("ย่อหน้า"),
        *items((1, 1), (1, 0)),
    ]
    no_restart = [
        [Level(text="%1."), Level(text="%2)", more='<w:lvlRestart w:val="0"/>')]
    ]
    legal = [
        [
            Level("upperRoman", "%1."),
            Level("thaiLetters", "%1.%2", more="<w:isLgl/>"),
        ]
    ]
    return [
        MadeFile(
            "nested",
            make_docx(walk, nested, [Num()]),
            ["๑.", "๑.๑", "๑.๒", "๑)", "ก.", "ข.", "๒)", "๑.๓", "๒.", "๒.๑"],
        ),
        MadeFile(
            "nested-interrupted",
            make_docx(interrupted, nested, [Num()]),
            ["๑.", "๑.๑", "๑.๒", "", "๑.๓", "๒."],
        ),
        MadeFile(
            "nested-inserted",
            make_docx(
                items((1, 0), (1, 1), (1, 1), (1, 1), inserted=2), nested, [Num()]
            ),
            ["๑.", "๑.๑", "๑.๒", "๑.๓"],
        ),
        MadeFile(
            "nested-begins-anew-below",
            make_docx(
                items((1, 0), (1, 1), (1, 1), (2, 1), (2, 1), (1, 0)),
                nested,
                [Num(), Num(0, {1: 7})],
            ),
            ["๑.", "๑.๑", "๑.๒", "๑.๗", "๑.๘", "๒."],
        ),
        MadeFile(
            "level-that-never-restarts",
            make_docx(items((1, 0), (1, 1), (1, 0), (1, 1)), no_restart, [Num()]),
            ["1.", "1)", "2.", "2)"],
        ),
        MadeFile(
            "legal",
            make_docx(items((1, 0), (1, 0), (1, 1)), legal, [Num()]),
            ["I.", "II.", "2.1"],
        ),
    ]


STYLES = """
<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Item"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="SubItem"><w:name w:val="SubItem"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Item"/></w:style>
"""


def _special() -> list[MadeFile]:
    styled = [
        [
            Level("thaiNumbers", "%1.", more='<w:pStyle w:val="Item"/>'),
            Level("thaiNumbers", "%1.%2", more='<w:pStyle w:val="SubItem"/>'),
        ]
    ]
    by_style = [
        Paragraph("หนึ่ง", style="Item"),
        Paragraph("ย่อย", style="SubItem"),
        Paragraph("สืบ", style="Heir"),
        Paragraph("ไม่มีเลข", num=0, style="Item"),
        Paragraph("สี่", style="Item"),
    ]
    bullets = [[Level("bullet", "\uf0b7")]]
    far = [[Level("thaiLetters", "%1.", 41)]]
    counting = [[Level("thaiCounting", "%1", 10)]]
    hundred = [[Level("thaiNumbers", "ข้อ %1", 99)]]
    return [
        MadeFile(
            "styles",
            make_docx(by_style, styled, [Num()], STYLES),
            ["๑.", "๑.๑", "๒.", "", "๓."],
        ),
        MadeFile(
            "bullets", make_docx(items((1, 0), (1, 0)), bullets, [Num()]), ["•", "•"]
        ),
        MadeFile(
            "letters-begin-again",
            make_docx(items((1, 0), (1, 0), (1, 0)), far, [Num()]),
            ["ฮ.", "กก.", "ขข."],
        ),
        MadeFile(
            "thai-words",
            make_docx(items((1, 0), (1, 0)), counting, [Num()]),
            ["สิบ", "สิบเอ็ด"],
        ),
        MadeFile(
            "beyond-hundred",
            make_docx(items((1, 0), (1, 0), (1, 0)), hundred, [Num()]),
            ["ข้อ ๙๙", "ข้อ ๑๐๐", "ข้อ ๑๐๑"],
        ),
    ]


CORPUS = make_corpus()
