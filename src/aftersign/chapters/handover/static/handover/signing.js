// The signing page: follow how far the text was read, count the ticks, say what is still open, and keep the button shut
// until nothing is.
const form = document.querySelector("[data-sign]");
const ticks = form ? [...form.querySelectorAll("input[type=checkbox]")] : [];
const parts = form ? [...document.querySelectorAll("[data-part]")] : [];
const boxOf = (part) => part.querySelector("input[name=read]");
const buttons = form ? [...document.querySelectorAll("button[form=accept], #accept button[type=submit]")] : [];

const show = () => {
  const open = ticks.filter((tick) => !tick.checked).length;
  const unread = parts.filter((part) => !boxOf(part).checked).length;
  const owed = "all" in form.dataset ? unread : 0;
  const words = form.dataset;
  const why = owed ? words.unread.replace("{n}", owed) : open ? words.open.replace("{n}", open) : "";
  for (const place of document.querySelectorAll("[data-ticked]")) place.textContent = `${ticks.length - open} / ${ticks.length}`;
  for (const place of document.querySelectorAll("[data-seen]")) place.textContent = `${parts.length - unread} / ${parts.length}`;
  for (const place of document.querySelectorAll("[data-why]")) place.textContent = why;
  for (const button of buttons) button.setAttribute("aria-disabled", String(open + owed > 0));
  const step = owed ? "read" : open ? "check" : "sign";
  for (const each of document.querySelectorAll("[data-step]")) {
    each.classList.toggle("cu", each.dataset.step === step);
    each.classList.toggle("dn", each.dataset.step === "read" && unread === 0 && step !== "read");
  }
};

// A part has been read as far as its last line has been on the screen.
const follow = () => {
  const watcher = new IntersectionObserver((seen) => {
    for (const each of seen) {
      if (!each.isIntersecting) continue;
      boxOf(each.target.parentElement).checked = true;
      watcher.unobserve(each.target);
    }
    show();
  });
  for (const part of parts) {
    const end = document.createElement("div");
    end.className = "end";
    part.append(end);
    watcher.observe(end);
  }
};

if (form) {
  document.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    const unread = "all" in form.dataset ? parts.map(boxOf).filter((box) => !box.checked) : [];
    const first = [...unread, ...ticks.filter((tick) => !tick.checked)][0];
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  follow();
  show();
}
