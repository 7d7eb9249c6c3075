"""Whether any text of a page runs into another or is cut off below, at the width of a desk and of a phone."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.sight.window import NARROW, WIDE

OVERLAPPING = """() => {
  const texts = [], found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, own = node.parentElement;
    if (!node.data.trim() || own.closest(".sr,.skip,script,style,option,dialog:not([open])")) continue;
    if (!own.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const cut = [], hiding = [];
    let lies = true;
    for (let each = own; lies && each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      lies = !["fixed", "sticky"].includes(style.position) && style.clipPath === "none";
      if (style.overflowX !== "visible" || style.overflowY !== "visible") cut.push(each.getBoundingClientRect());
      if (style.overflowY === "hidden" && style.webkitLineClamp === "none") hiding.push(each.getBoundingClientRect());
    }
    if (!lies) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (hiding.some((each) => box.bottom > each.bottom + 4)) found.add(`cut off: ${node.data.trim().slice(0, 60)}`);
      const left = Math.max(box.left, ...cut.map((each) => each.left));
      const top = Math.max(box.top, ...cut.map((each) => each.top));
      const right = Math.min(box.right, ...cut.map((each) => each.right));
      const bottom = Math.min(box.bottom, ...cut.map((each) => each.bottom));
      if (right - left > 2 && bottom - top > 2) texts.push({ node, left, top, right, bottom });
    }
  }
  texts.sort((one, other) => one.top - other.top);
  texts.forEach((one, place) => {
    for (let next = place + 1; next < texts.length && texts[next].top < one.bottom - 3; next++) {
      const other = texts[next];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (one.node !== other.node && wide > 3 && Math.min(one.bottom, other.bottom) - other.top > 3)
        found.add(`${one.node.data.trim().slice(0, 60)} / ${other.node.data.trim().slice(0, 60)}`);
    }
  });
  return [...found];
}"""
"""What lies over the page on purpose, and what is cut to nothing, is left out."""


def problems(page: Page) -> list[str]:
    """Texts that run into each other or are cut off on the page that is shown, by width."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"texts at {size['width']}: {each}" for each in page.evaluate(OVERLAPPING)]
    return found
