// The matrix under the keyboard: one stop for Tab, arrows from cell to cell, Enter opens the evidence beside it.
// Without this every cell is a link to a page of its own.
{
  const grid = () => document.querySelector("[data-matrix]");
  const rows = () => [...grid().querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("a.ce")]).filter((row) => row.length);
  let kept = "";

  const rove = (cell) => {
    grid().querySelectorAll("a.ce[tabindex='0']").forEach((each) => each.setAttribute("tabindex", "-1"));
    cell?.setAttribute("tabindex", "0");
  };

  const begin = () => {
    if (!grid()) return;
    const cells = rows().flat();
    cells.forEach((each) => each.setAttribute("tabindex", "-1"));
    rove(cells[0]);
    kept = document.getElementById("cell")?.outerHTML ?? "";
  };

  const open = (cell) => {
    grid().querySelectorAll("a.ce[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
    cell.setAttribute("aria-current", "true");
    rove(cell);
  };

  const close = () => {
    const cell = document.getElementById("cell");
    cell.outerHTML = kept;
    window.htmx.process(document.getElementById("cell"));
    document.querySelectorAll("#cell [data-keys-hint]").forEach((each) => each.removeAttribute("hidden"));
    const current = grid().querySelector("a.ce[aria-current]") ?? grid().querySelector("a.ce[tabindex='0']");
    current?.removeAttribute("aria-current");
    current?.focus();
  };

  const steps = {
    ArrowRight: (x, y) => [x + 1, y],
    ArrowLeft: (x, y) => [x - 1, y],
    ArrowDown: (x, y) => [x, y + 1],
    ArrowUp: (x, y) => [x, y - 1],
    Home: (x, y) => [0, y],
    End: (x, y) => [Infinity, y],
    PageDown: (x) => [x, Infinity],
    PageUp: (x) => [x, 0],
  };
  const within = (value, length) => Math.max(0, Math.min(length - 1, value));

  document.addEventListener("keydown", (event) => {
    if (!grid() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const panel = document.querySelector("#cell[data-open]");
    if (event.key === "Escape" && panel && !document.querySelector("dialog[open],details.menu[open]")) {
      event.preventDefault();
      close();
      return;
    }
    const cell = event.target.closest?.("a.ce");
    if (!cell) return;
    if (event.key === "Enter" && panel && cell.hasAttribute("aria-current")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      panel.focus();
      return;
    }
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const all = rows();
    const y = all.findIndex((row) => row.includes(cell));
    const [nextX, nextY] = step(all[y].indexOf(cell), y);
    const row = all[within(nextY, all.length)];
    const next = row[within(nextX, row.length)];
    rove(next);
    next.focus();
  });

  document.addEventListener("click", (event) => {
    if (!grid()) return;
    const cell = event.target.closest("[data-matrix] a.ce");
    if (cell && !event.ctrlKey && !event.metaKey) open(cell);
    if (event.target.closest("#cell [data-close]")) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.querySelector?.("[data-matrix]") || event.detail.elt.id?.startsWith("list-")) begin();
  });
  begin();
}
