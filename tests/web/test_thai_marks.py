"""No control cuts Thai marks off: ปู่ที่ฟื้นญี่ปุ่นฎุ้ in each of them has all its ink, measured in pixels.

Every control is drawn once with its text and once without; the difference is the ink. Beside each stands the same
text in the same font on a line three times its height: it must be just as high.
"""

import io
import re

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.delivered_pages import open_page

SCALE = 2  # pixels drawn for each of CSS
WORD = "ปู่ที่ฟื้นญี่ปุ่นฎุ้"

CONTROLS = {
    "button": f'<button class="button">{WORD}</button>',
    "main button": f'<button class="button button--main">{WORD}</button>',
    "dense button": f'<button class="button button--dense">{WORD}</button>',
    "plain button": f'<a class="button button--plain">{WORD}</a>',
    "pressed button": f'<button class="button" aria-pressed="true">{WORD}</button>',
    "disabled button": f'<button class="button" disabled>{WORD}</button>',
    "switch": f'<div class="switch"><button class="button" aria-pressed="true">{WORD}</button></div>',
    "chip": f'<span class="chip">{WORD}</span>',
    "filter chip": f'<button class="chip chip--filter" aria-pressed="true">{WORD}</button>',
    "state": f'<span class="state state--yes">{WORD}</span>',
    "bare state": f'<span class="state state--bare">{WORD}</span>',
    "edition kind": f'<span class="edition-badge"><span class="edition-badge__kind">{WORD}</span></span>',
    "edition name": f'<span class="edition-badge"><span class="edition-badge__name">{WORD}</span></span>',
    "flag": f'<span class="flag">{WORD}</span>',
    "office": f'<span class="office office--primary">{WORD}</span>',
    "kbd": f"<kbd>{WORD}</kbd>",
    "input": f'<input class="input" value="{WORD}">',
    "wrong input": f'<input class="input" aria-invalid="true" value="{WORD}">',
    "dense input": f'<input class="input input--dense" value="{WORD}">',
    "text area": f'<textarea class="input" rows="1">{WORD}</textarea>',
    "dense text area": f'<textarea class="input input--dense" rows="1">{WORD}</textarea>',
    "select": f'<select class="input"><option>{WORD}</option></select>',
    "dense select": f'<select class="input input--dense"><option>{WORD}</option></select>',
    "label": f'<label class="field__label">{WORD}</label>',
    "hint": f'<p class="field__hint">{WORD}</p>',
    "error": f'<p class="field__error">{WORD}</p>',
    "choice": f'<div class="choices"><label class="choices__item"><span>{WORD}</span></label></div>',
    "meaning": f'<label class="meaning"><input type="radio"><span class="meaning__word">{WORD}</span></label>',
    "portal name": f'<header class="masthead"><a class="masthead__name">{WORD}</a></header>',
    "my role": f'<button class="button"><span class="masthead__me">{WORD}</span></button>',
    "main link": f'<a class="masthead__link" aria-current="page">{WORD}</a>',
    "foot link": f'<footer class="colophon"><a class="colophon__link">{WORD}</a></footer>',
    "way to reach": f'<dl class="contact"><dd><a class="contact__way">{WORD}</a></dd></dl>',
    "menu link": f'<a class="menu__link">{WORD}</a>',
    "tab": f'<nav class="tabs"><a class="tabs__link" aria-current="page">{WORD}</a></nav>',
    "crumb": f'<ul class="crumbs"><li>{WORD}</li></ul>',
    "session bar": f'<div class="session-bar"><div class="session-bar__in">'
    f'<span class="session-bar__now">{WORD}</span></div></div>',
    "page heading": f"<h1>{WORD}</h1>",
    "section heading": f'<div class="section__head"><h2>{WORD}</h2></div>',
    "small heading": f"<h3>{WORD}</h3>",
    "contents name": f'<a class="contents__name">{WORD}</a>',
    "contents part": f'<h3 class="contents__part">{WORD}</h3>',
    "way to what is discussed": f'<a class="contents__now"><span class="state state--now">{WORD}</span></a>',
    "words above a composer": f'<details><summary class="sheet__cite">{WORD}</summary></details>',
    "clause number": f'<a class="clause__number">{WORD}</a>',
    "clause": f'<div class="clause__text">{WORD}</div>',
    "comment place": f'<h2 class="comment__where">{WORD}</h2>',
    "comment": f'<p class="comment__text">{WORD}</p>',
    "trail": f'<ol class="trail"><li class="trail__stop" aria-current="step"><span class="trail__name">{WORD}</span>'
    "</li></ol>",
    "edition line": f'<span class="edition-line__name">{WORD}</span>',
    "notice": f'<div class="notice"><p class="notice__text">{WORD}</p></div>',
    "error summary": f'<div class="error-summary"><h2 class="error-summary__title">{WORD}</h2></div>',
    "table head": f'<table class="data"><thead><tr><th>{WORD}</th></tr></thead></table>',
    "table cell": f'<table class="data"><tbody><tr><td>{WORD}</td></tr></tbody></table>',
    "statistic": f'<span class="stat-bar__number">{WORD}</span>',
    "inserted": f'<p class="diff"><ins>{WORD}</ins></p>',
    "deleted": f'<p class="diff compare__text"><span>{WORD}</span></p>',
    "process": f'<a class="works__name">{WORD}</a>',
    "unit": f'<h3 class="works__unit">{WORD}</h3>',
    "queue text": f'<p class="queue__text">{WORD}</p>',
    "queue meta": f'<p class="queue__meta"><span>{WORD}</span></p>',
    "room clause": f'<p class="room__clause">{WORD}</p>',
    "person": f'<p class="person"><span>{WORD}</span></p>',
    "edit table": '<table class="edit-table"><tr><td>'
    f'<input class="input input--dense" value="{WORD}"></td></tr></table>',
    "edit table label": f'<div class="edit-table"><label class="edit-table__label">{WORD}</label></div>',
    "gate note": f'<span class="gate__note">{WORD}</span>',
    "skip link": f'<a class="u-skip">{WORD}</a>',
    "option": f'<label class="field__option"><input type="checkbox"><span>{WORD}</span></label>',
    "filter field": f'<label class="filters__field"><span>{WORD}</span></label>',
    "list filter label": f'<label class="list-filter__label">{WORD}</label>',
    "pick": f'<div class="pick"><label class="pick__item"><input type="radio"><span>{WORD}</span></label></div>',
    "shared answer": f'<label class="sharing__item"><input type="checkbox"><span>{WORD}</span></label>',
    "queue link": f'<p class="queue__text"><a class="queue__open">{WORD}</a></p>',
    "queue states": f'<nav class="queue__states"><a class="chip chip--filter">{WORD}</a></nav>',
    "further": f'<a class="comment__more">{WORD}</a>',
    "stacked name": f'<table class="data data-stack"><tr><th><a class="data-stack__name">{WORD}</a></th></tr></table>',
    "found title": f'<a class="found__title">{WORD}</a>',
    "found place": f'<a class="found__place">{WORD}</a>',
    "listing": f'<a class="listing__name">{WORD}</a>',
    "outline": f'<a class="outline__name">{WORD}</a>',
    "part": f'<nav class="parts"><a class="parts__link"><span>{WORD}</span></a></nav>',
    "step number": f'<table class="step-table"><tr><td><a class="step-table__number">{WORD}</a></td></tr></table>',
    "line of a list": f'<div class="data-line"><a class="data-line__name">{WORD}</a></div>',
    "shipped row": f'<ul class="shipped-rows"><li><a class="shipped-rows__name">{WORD}</a></li></ul>',
    "session row": f'<div class="session-rows"><a class="session-rows__name">{WORD}</a></div>',
    "gate row": f'<div class="gate__row gate__row--no"><span></span><span class="u-strong">{WORD}</span></div>',
    "projector label": f'<p class="projector__label">{WORD}</p>',
}
# One that does cut: the measure must see it
CUT = f'<span class="cut">{WORD}</span>'

PAGE = """<!doctype html><html lang="th" data-theme="light"><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/css/screens.css"><link rel="stylesheet" href="/static/css/staff.css"><style>
main {display: block; width: 22rem}
.case {padding: 40px 8px; background: #fff; color: #000}
.control {display: flow-root}
.reference {display: block; line-height: 3 !important; overflow: visible; white-space: nowrap; width: max-content}
.masthead__me {display: block !important}
.u-skip {top: auto !important}
.cut {display: inline-block; line-height: .9; overflow: hidden}
</style></head><body><main>%s</main></body></html>"""

# Beside each control, the same word in the control's own font
ADD_REFERENCES = """word => {
  for (const box of document.querySelectorAll(".control")) {
    const own = [...box.querySelectorAll("*")].reverse().find(
      e => e.value === word || e.tagName === "SELECT"
        || (!e.children.length && e.textContent === word && e.tagName !== "OPTION"));
    const style = getComputedStyle(own), span = document.createElement("span"), row = document.createElement("div");
    span.className = "reference"; span.textContent = word;
    for (const name of ["fontFamily", "fontSize", "fontWeight", "fontVariantNumeric"]) span.style[name] = style[name];
    row.className = "case"; row.append(span); box.parentElement.after(row);
  }
}"""
HIDE_TEXT = (
    "* {-webkit-text-fill-color: transparent !important; transition: none !important}"
)


def measured_classes() -> set[str]:
    """The classes of all controls that are drawn here: a control on a page needs one of them."""
    return {
        name
        for html in CONTROLS.values()
        for names in re.findall('class="([^"]*)"', html)
        for name in names.split()
    }


def ink_rows(page: Page) -> list[int]:
    """How many rows of pixels have ink, case after case: control, reference, control, reference, …"""
    main = page.locator("main")
    boxes = main.evaluate(
        "main => { const m = main.getBoundingClientRect(); return [...document.querySelectorAll('.case')].map(e => {"
        " const r = e.getBoundingClientRect(); return [r.x - m.x, r.y - m.y, r.right - m.x, r.bottom - m.y] }) }"
    )
    with_text = Image.open(io.BytesIO(main.screenshot())).convert("L")
    page.add_style_tag(content=HIDE_TEXT)
    without = Image.open(io.BytesIO(main.screenshot())).convert("L")
    ink = ImageChops.difference(with_text, without)
    return [
        ink_height(ink.crop(tuple(round(edge * SCALE) for edge in box)))
        for box in boxes
    ]


def ink_height(ink: Image.Image) -> int:
    """Rows from the highest to the lowest mark. Ink is what reaches a fifth of the strongest stroke."""
    strongest = ink.getextrema()[1]
    found = ink.point(
        lambda level: 255 if level > max(8, strongest / 5) else 0
    ).getbbox()
    return found[3] - found[1] if found else 0


@pytest.mark.parametrize("width", [360, 1280])
def test_no_control_cuts_thai_marks(chromium, width):
    page = chromium.new_page(
        viewport={"width": width, "height": 900}, device_scale_factor=SCALE
    )
    controls = [*CONTROLS.values(), CUT]
    open_page(
        page,
        PAGE
        % "".join(
            f'<div class="case"><div class="control">{each}</div></div>'
            for each in controls
        ),
    )
    page.evaluate(ADD_REFERENCES, WORD)
    heights = ink_rows(page)
    page.close()
    pairs = dict(
        zip(
            [*CONTROLS, "cut"],
            zip(heights[::2], heights[1::2], strict=True),
            strict=True,
        )
    )
    drawn, whole = pairs.pop("cut")
    if width == 1280:
        del pairs[
            "edit table label"
        ]  # there the head of the column says it; the label is for screen readers

    assert drawn < whole - 4
    assert {
        name: pair for name, pair in pairs.items() if pair[0] < pair[1] or not pair[1]
    } == {}
