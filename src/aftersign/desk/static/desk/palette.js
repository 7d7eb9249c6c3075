// The palette: one field for records and commands. Its links lead to the page of search where no script runs.
{
  const dialog = document.getElementById("palette");
  const input = document.getElementById("palette-q");
  const lines = document.getElementById("palette-lines");
  const heard = dialog?.querySelector("[data-heard]");
  const PAUSE = 120;
  let timer = 0;
  let answered = null;
  let wanted = false;

  const options = () => [...lines.querySelectorAll("[role=option]")];
  const chosen = () => lines.querySelector("[aria-selected=true]");

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const move = (step) => {
    const all = options();
    choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  };

  const ask = () => {
    clearTimeout(timer);
    window.htmx?.trigger(input, "find");
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  const go = () => {
    const option = chosen();
    if (!option) return input.form.requestSubmit();
    if (option.tagName === "BUTTON") dialog.close();
    return option.click();
  };

  // What is under the field belongs to what stood in it when it was asked for.
  const isCurrent = () => answered === input.value;

  const open = () => {
    if (dialog.open || document.querySelector("dialog[open]")) return;
    input.value = "";
    const here = document.querySelector("main[data-opened]")?.dataset.opened ?? "";
    input.setAttribute("hx-vals", JSON.stringify({ here }));
    dialog.showModal();
    input.focus();
    ask();
  };

  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (isCurrent()) go();
      else {
        wanted = true;
        ask();
      }
    }
  };

  const begin = () => {
    let asked = "";
    input.addEventListener("htmx:configRequest", (event) => {
      asked = event.detail.parameters.q ?? input.value;
    });
    lines.addEventListener("htmx:afterSettle", () => {
      answered = asked;
      choose(options()[0]);
      heard.textContent = lines.querySelector("[data-said]")?.dataset.said ?? "";
      if (wanted && isCurrent()) go();
      wanted = false;
    });
    input.addEventListener("input", (event) => {
      wanted = false;
      if (!event.isComposing) later();
    });
    input.addEventListener("compositionend", later);
    input.addEventListener("keydown", pressed);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    lines.addEventListener("click", (event) => event.target.closest("button") && dialog.close());

    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (dialog.open) dialog.close();
      else open();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    if (/mac|iphone|ipad/i.test(navigator.platform))
      document.querySelectorAll("[data-palette] kbd").forEach((key) => {
        key.textContent = "⌘ K";
      });
  };

  // What is opened is put down for the person, so that it stands in front the next time.
  const remember = () => {
    const opened = document.querySelector("main[data-opened]")?.dataset.opened;
    const token = document.querySelector("#session [name=csrfmiddlewaretoken]")?.value;
    if (!opened || !token || sessionStorage.getItem("opened") === opened) return;
    const [kind, id] = opened.split(" ");
    const body = new URLSearchParams({ kind, id, csrfmiddlewaretoken: token });
    fetch(dialog.dataset.openedUrl, { method: "POST", body, keepalive: true, redirect: "manual" })
      .then((answer) => answer.ok && sessionStorage.setItem("opened", opened))
      .catch(() => null);
  };

  if (dialog) {
    begin();
    remember();
  }
}
