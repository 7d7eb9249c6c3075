"""What WCAG 2.2 AA asks for and axe cannot see: reflow, zoom, spacing of text, focus that shows and is not covered."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

WIDTHS = {"reflow at 320": 320, "zoom of 200 % on a laptop": 683}
WIDER = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const worst = [...document.querySelectorAll("body *")].find((each) => {
    const box = each.getBoundingClientRect();
    let holder = each.parentElement;
    while (holder && getComputedStyle(holder).overflowX === "visible") holder = holder.parentElement;
    return !holder && box.right > document.documentElement.clientWidth + 1 && !each.closest(".sr,.skip");
  });
  return `${wide} px wider than the screen: ${worst?.outerHTML.replace(/\\s+/g, " ").slice(0, 160)}`;
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
  const cut = [...document.querySelectorAll("body *")].filter((each) => {
    const style = getComputedStyle(each);
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return own && !each.closest(".sr,.skip,dialog:not([open]),option,[title]") && style.clipPath === "none"
      && getComputedStyle(each.parentElement).clipPath === "none" && style.overflowY !== "visible"
      && style.overflowY !== "auto" && style.overflowY !== "scroll" && each.scrollHeight > each.clientHeight + 2;
  });
  document.adoptedStyleSheets = [];
  return cut.slice(0, 3).map((each) => each.outerHTML.slice(0, 160));
}"""
COVERED = """(MOST) => {
  const hidden = [];
  const lit = (each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const stops = [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex='0']")].filter(
    (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0
      && !each.closest("dialog:not([open])"));
  const step = Math.ceil(stops.length / MOST);
  const tried = stops.filter((each, place) => place % step === 0);
  for (const each of [...tried, ...tried.toReversed()]) {
    each.focus({ focusVisible: true });
    if (document.activeElement !== each) continue;
    if (!lit(each)) hidden.push(`no focus to be seen: ${each.outerHTML.slice(0, 160)}`);
    const boxes = [...each.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const seen = boxes.some((box) => [0.1, 0.5, 0.9].some((x) => [0.2, 0.5, 0.8].some((y) => {
      const there = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return there && (each.contains(there) || there.contains(each) || each.labels?.[0]?.contains(there));
    })));
    if (boxes.length && !seen) hidden.push(`covered: ${each.outerHTML.slice(0, 160)}`);
  }
  document.activeElement?.blur();
  scrollTo(0, 0);
  return [...new Set(hidden)];
}"""
STOPS = 60
"""On how many elements of a page the focus is set; evenly chosen where there are more."""
LOW = 480
"""How high a laptop is that shows everything at 150 %, less what the browser takes: bars cover most there."""


def problems(page: Page, size: ViewportSize) -> list[str]:
    """What is wrong with reading the page that is shown at a size."""
    found = []
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 640})
        found += [f"{name}: {line}" for line in [page.evaluate(WIDER)] if line]
    page.set_viewport_size({"width": size["width"], "height": LOW})
    found += [f"text with more space between: cut off {line}" for line in page.evaluate(SPACED)]
    found += [f"focus: {line}" for line in page.evaluate(COVERED, STOPS)]
    if moving := page.evaluate("document.getAnimations().length"):
        found.append(f"{moving} things move although somebody asked for less motion")
    return found
