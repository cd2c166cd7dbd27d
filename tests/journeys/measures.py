"""What is measured on a screen as it stands in the browser: axe's findings, width, thumbs, words in their boxes."""

from pathlib import Path

from playwright.sync_api import Page

WIDTHS = (360, 1280)
THEMES = ("light", "dark")
# Every rule is asked at both widths and in both themes, at half the cost of all four: what a width shows or a theme
# colours alone is measured once, everything else twice
MEASURED = ((360, "light"), (1280, "dark"))
AXE = (
    Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
).read_text(encoding="utf-8")
RUN_AXE = """async () => {
  await Promise.all(document.getAnimations().map(each => each.finished.catch(() => {})));
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const wanted = {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], preload: false};
  const found = await axe.run(document, wanted);
  return found.violations.filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`);
}"""
# Links inside running text are as high as their line (WCAG 2.5.8 excepts them too)
SMALL_TARGETS = """() => [
  ...document.querySelectorAll("a[href], button, summary, input, select, textarea")
].filter(e => {
  const box = (["radio", "checkbox"].includes(e.type) && e.closest("label") || e).getBoundingClientRect();
  if (!e.checkVisibility() || e.type === "hidden" || box.width < 2 || e.matches(".u-skip")) return false;
  const more = getComputedStyle(e, "::after");  // what widens the target unseen
  const grown = more.content !== "none" && more.position === "absolute" ? parseFloat(more.top) || 0 : 0;
  const inText = e.matches("a") && getComputedStyle(e).display === "inline"
    && e.parentElement.textContent.trim() !== e.textContent.trim();
  return !inText && Math.min(box.height, box.width) - 2 * Math.min(0, grown) < 43.5;
}).map(e => `small ${Math.round(e.getBoundingClientRect().width)}×${Math.round(e.getBoundingClientRect().height)} `
  + e.outerHTML.slice(0, 120))"""
# A word that stands out of its button or cell, or that an element with hidden overflow cuts
CUT_WORDS = """() => [
  ...document.querySelectorAll("button, .button, .chip, .state, summary, .tabs__link, label, th, td, p, h1, h2")
].filter(e => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (!e.checkVisibility() || box.width < 2 || style.display === "inline" || e.closest(".visually-hidden")) {
    return false;
  }
  const words = document.createRange();
  const out = [...e.childNodes].some(node => {
    if (node.nodeType !== 3 || !node.data.trim()) return false;
    words.selectNodeContents(node);
    return [...words.getClientRects()].some(r => r.right > box.right + 1 || r.left < box.left - 1);
  });
  return out || style.overflowY !== "visible" && e.scrollHeight > e.clientHeight + 1;
}).map(e => `cut ${e.outerHTML.slice(0, 120)}`)"""
CONTROLS = """() => [...new Set([
  ...document.querySelectorAll("a[class], button, summary, input, select, textarea, label, legend")
].filter(e => e.checkVisibility() && e.className && !e.matches(".visually-hidden, [type=radio], [type=checkbox]"))
  .map(e => e.className))]"""


def problems_of(page: Page, width: int, *, thumbs: bool) -> list[str]:
    """What is wrong with the page as it stands, which the browser shows `width` wide."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + ";0")
    found = page.evaluate(RUN_AXE) + page.evaluate(CUT_WORDS)
    scroll = page.evaluate("document.documentElement.scrollWidth")
    found += [f"scrolls sideways: {scroll}"] if scroll > width else []
    found += page.evaluate(SMALL_TARGETS) if thumbs and width == 360 else []
    return found
