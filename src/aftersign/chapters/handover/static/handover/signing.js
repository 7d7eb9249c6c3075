// The signing page: count the ticks, say what is still open, and keep the button shut until nothing is.
const form = document.querySelector("[data-sign]");
const ticks = form ? [...form.querySelectorAll("input[type=checkbox]")] : [];
const buttons = form ? [...document.querySelectorAll("button[form=accept], #accept button[type=submit]")] : [];

const show = () => {
  const open = ticks.filter((tick) => !tick.checked).length;
  const words = form.dataset;
  for (const place of document.querySelectorAll("[data-ticked]")) place.textContent = `${ticks.length - open} / ${ticks.length}`;
  for (const place of document.querySelectorAll("[data-why]")) place.textContent = open ? words.open.replace("{n}", open) : "";
  for (const button of buttons) button.setAttribute("aria-disabled", String(open > 0));
  const step = open ? "check" : "sign";
  for (const each of document.querySelectorAll("[data-step]")) each.classList.toggle("cu", each.dataset.step === step);
};

if (form) {
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    const first = ticks.find((tick) => !tick.checked);
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  show();
}
