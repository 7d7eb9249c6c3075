// Keys for whoever does not reach for the mouse; none fires while somebody types or composes Chinese.
const typing = (target) => target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => rows().find((row) => row.contains(document.activeElement));

const move = (step) => {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  next?.querySelector("a,button")?.focus();
};

const plain = {
  "?": () => document.getElementById("keys")?.showModal(),
  "/": () => (document.querySelector("[data-find]") ?? document.querySelector("input[type=search]"))?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
};
const places = new Map([...document.querySelectorAll("a[data-key]")].map((link) => [link.dataset.key, link]));
let leader = 0;

document.querySelectorAll("button[data-keys]").forEach((button) => button.removeAttribute("hidden"));

const run = (key) => {
  if (key === "g") leader = Date.now();
  else if (Date.now() - leader < 1000 && places.has(`g ${key}`)) places.get(`g ${key}`).click();
  else if (places.has(key)) places.get(key).click();
  else if (plain[key]) plain[key]();
  else return false;
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.target.closest?.("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (run(event.key)) event.preventDefault();
});
