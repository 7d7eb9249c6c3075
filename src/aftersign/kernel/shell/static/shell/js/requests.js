// Around requests of htmx: a late sign of progress, focus that is never lost, counts that are heard.
const busy = document.getElementById("busy");
const heard = document.getElementById("heard");
const offline = document.getElementById("offline");
let under = 0;
let timer = 0;
let held = "";

const begin = () => {
  under += 1;
  timer ||= setTimeout(() => busy?.removeAttribute("hidden"), 400);
};

const end = () => {
  under = Math.max(0, under - 1);
  if (under) return;
  clearTimeout(timer);
  timer = 0;
  busy?.setAttribute("hidden", "");
};

// After a swap: mistakes first, then whatever had the focus before, by its id.
const settle = (part) => {
  const summary = part.querySelector?.("[data-error-summary]");
  if (summary) summary.focus();
  else if (held && document.activeElement === document.body) (document.getElementById(held) ?? part).focus?.();
  const said = part.dataset?.said ?? part.querySelector?.("[data-said]")?.dataset.said;
  if (said && heard) heard.textContent = said;
};

document.addEventListener("htmx:beforeRequest", begin);
document.addEventListener("htmx:afterRequest", end);
document.addEventListener("htmx:beforeSwap", () => {
  held = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
document.addEventListener("htmx:sendError", () => offline?.removeAttribute("hidden"));
window.addEventListener("online", () => offline?.setAttribute("hidden", ""));

document.querySelector("[data-error-summary]")?.focus();
