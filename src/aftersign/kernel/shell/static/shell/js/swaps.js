// Around htmx: late sign of progress, focus kept by id, mistakes focused, counts said aloud.
const progress = document.getElementById("progress");
const said = document.getElementById("said");
let under = 0;
let timer = 0;

const begin = () => {
  under += 1;
  timer ||= setTimeout(() => progress?.classList.add("on"), 400);
};

const end = () => {
  under = Math.max(0, under - 1);
  if (under) return;
  clearTimeout(timer);
  timer = 0;
  progress?.classList.remove("on");
};

const settle = (part) => {
  part.querySelector?.("[data-focus]")?.focus();
  const words = part.querySelector?.("[data-said]")?.dataset.said;
  if (words && said) said.textContent = words;
};

document.addEventListener("htmx:beforeRequest", begin);
document.addEventListener("htmx:afterRequest", end);
document.addEventListener("htmx:afterSettle", (event) => settle(event.target));
settle(document);
