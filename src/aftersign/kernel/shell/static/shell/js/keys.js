// Keys for whoever does not reach for the mouse; none of them fires while somebody types or composes Chinese.
const typing = (target) => target.closest("input:not([type=checkbox]),textarea,select,[contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")];

const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  next.querySelector("a,button,input")?.focus();
};

const current = () => rows().find((row) => row.contains(document.activeElement));

const single = {
  "?": () => document.getElementById("keys")?.showModal(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const run = single[event.key];
  if (!run) return;
  event.preventDefault();
  run();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys")?.showModal();
});
