"""What a page still says when the system chooses all colours: nothing may hang on a background or a shadow alone."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.sight.reading import COVERED, STOPS

PAINTED = """() => {
  const clear = (colour) => colour === "transparent" || colour.endsWith(", 0)");
  let place = 0;
  for (const each of document.querySelectorAll("main *, nav *, .side *")) {
    const style = getComputedStyle(each);
    if (!each.checkVisibility() || each.closest("svg,select,.sr") || each.matches("input,select,textarea,br")) continue;
    const box = each.getBoundingClientRect();
    const seen = box.width > 2 && box.height > 2;
    const bare = seen && !each.textContent.trim() && !each.querySelector("svg,img,input,progress");
    if (bare && (!clear(style.backgroundColor) || style.boxShadow !== "none")) each.dataset.painted = String(place++);
    if (each.matches(".chip,.ce:not(.na),.note,.av")) each.dataset.painted = String(place++);
  }
}"""
UNTOLD = """() => {
  const found = [];
  const ground = (each) => {
    const colour = getComputedStyle(each).backgroundColor;
    return colour.endsWith(", 0)") && each.parentElement ? ground(each.parentElement) : colour;
  };
  const look = (each) => {
    const style = getComputedStyle(each);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) =>
      [style[`border${side}Width`], style[`border${side}Style`], style[`border${side}Color`]].join(" "));
    return [...sides, style.outlineStyle, style.outlineWidth, style.outlineOffset, ground(each),
      style.textDecorationLine].join("; ");
  };
  const edged = (each) => {
    const style = getComputedStyle(each);
    const lined = ["Top", "Right", "Bottom", "Left"].some((side) =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
    return lined || style.outlineStyle !== "none" || ground(each) !== ground(each.parentElement);
  };
  for (const each of document.querySelectorAll("[data-painted]"))
    if (!edged(each)) found.push(`only painted: ${each.outerHTML.slice(0, 140)}`);
  const current = "[aria-current]:not([aria-current=false]),[aria-selected=true]";
  for (const each of document.querySelectorAll(current)) {
    if (!each.checkVisibility()) continue;
    if (each !== document.activeElement && getComputedStyle(each).outlineStyle !== "none")
      found.push(`looks as if it had the focus: ${each.outerHTML.slice(0, 140)}`);
    const among = each.closest("nav,ul,ol,table,.seg,.tabs,[role=listbox]") ?? each.parentElement;
    const other = [...among.querySelectorAll(each.tagName)].find((one) => one !== each && one.checkVisibility()
      && !one.matches(current) && String(one.className) === String(each.className));
    if (other && look(other) === look(each)) found.push(`looks like the others: ${each.outerHTML.slice(0, 140)}`);
  }
  const cells = new Map();
  for (const each of document.querySelectorAll(".lg .ce")) {
    const said = [look(each), each.querySelector("use")?.getAttribute("href"), each.innerText.trim()].join("; ");
    if (cells.has(said)) found.push(`two states look alike: ${cells.get(said)} and ${each.className}`);
    cells.set(said, each.className);
  }
  return [...new Set(found)];
}"""


def problems(page: Page) -> list[str]:
    """What the page that is shown no longer tells in the colours of the system, and what has no visible focus."""
    page.emulate_media(forced_colors="none")
    page.evaluate(PAINTED)
    try:
        page.emulate_media(forced_colors="active")
        found: list[str] = page.evaluate(UNTOLD)
        return found + [f"focus: {line}" for line in page.evaluate(COVERED, STOPS)]
    finally:
        page.emulate_media(forced_colors="none")
