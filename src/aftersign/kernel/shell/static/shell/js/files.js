// Files dropped, pasted, photographed or chosen. In a plain form they are listed and go with it; where a part of the
// page shows what has been taken in, each file is sent by itself as it comes, and stays when another one fails.
// No form depends on any of it.

const LONGEST = 2000; // pixels of the longer side of a photograph
const phone = matchMedia("(pointer:coarse)").matches;
const queues = new Map(); // by the part of the page that shows them

const inputOf = (place) => place.querySelector("input[type=file][name]");
const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
const placeOf = (part) => document.querySelector(`[data-upload="${CSS.escape(part)}"]`);

const bagOf = (files) => {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  return bag.files;
};

// What would be refused anyway is not sent.
const fault = (place, file) => {
  const kinds = inputOf(place).accept.split(",").filter(Boolean);
  if (!file.size) return place.dataset.empty;
  if (file.size > Number(place.dataset.most)) return place.dataset.tooLarge;
  return kinds.length && !kinds.some((end) => file.name.toLowerCase().endsWith(end)) ? place.dataset.kind : "";
};

// A photograph from a phone is made smaller before it is sent, unless it is marked as original evidence.
const smaller = async (place, file, taken) => {
  const original = place.querySelector("[data-original]")?.checked;
  if (original || !(taken || phone) || !/^image\/(jpeg|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  const scale = picture ? LONGEST / Math.max(picture.width, picture.height) : 1;
  if (scale >= 1) return file;
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(picture.width * scale);
  sheet.height = Math.round(picture.height * scale);
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  const bytes = await new Promise((done) => sheet.toBlob(done, "image/jpeg", 0.85));
  return bytes ? new File([bytes], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
};

const button = (word, name, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = word === "×" ? "ib" : "btn sm";
  made.textContent = word;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", press);
  return made;
};

const text = (said, look = "") => {
  const made = document.createElement("span");
  made.className = look;
  made.textContent = said;
  return made;
};

// A file of a form that is sent as a whole.
const listed = (place) => {
  const input = inputOf(place);
  const lines = [...input.files].map((file, at) => {
    const line = document.createElement("li");
    const wrong = fault(place, file);
    const out = button("×", `${place.dataset.out} ${file.name}`, () => {
      input.files = bagOf([...input.files].filter((_file, other) => other !== at));
      listed(place);
      input.focus();
    });
    line.append(text(file.name, "el"), text([size(file.size), wrong].filter(Boolean).join(" · "), wrong ? "s bad sp" : "s t3 sp"), out);
    return line;
  });
  place.querySelector(".files").replaceChildren(...lines);
};

// A file that is on its way by itself: how it stands, and what can be done about it.
const lineOf = (place, queue, item) => {
  const line = document.createElement("li");
  const { waiting, sending, again, out } = place.dataset;
  line.dataset.state = item.state;
  const said = item.state === "failed" ? item.said : [size(item.file.size), item.shrunk, { waiting, sending }[item.state]].filter(Boolean).join(" · ");
  line.append(text(item.file.name, "el"), text(said, item.state === "failed" ? "s bad sp" : "s t3 sp"));
  if (item.state === "sending") {
    item.bar = document.createElement("progress");
    Object.assign(item.bar, { max: 100, value: item.part });
    item.bar.setAttribute("aria-label", item.file.name);
    line.append(item.bar);
  }
  if (item.state === "failed" && item.again)
    line.append(button(again, `${again} ${item.file.name}`, () => {
      item.state = "waiting";
      next(queue);
    }));
  line.append(button("×", `${out} ${item.file.name}`, () => {
    queue.items = queue.items.filter((other) => other !== item);
    if (item.state === "sending") window.htmx.trigger(inputOf(place), "htmx:abort");
    shown(queue);
    inputOf(place).focus();
  }));
  return line;
};

const shown = (queue) => {
  const place = placeOf(queue.part);
  place?.querySelector(".files").replaceChildren(...queue.items.map((item) => lineOf(place, queue, item)));
};

const busy = (queue) => queue.items.some((item) => item.state === "waiting" || item.state === "sending");

const next = (queue) => {
  shown(queue);
  const place = placeOf(queue.part);
  if (!place || queue.items.some((item) => item.state === "sending")) return;
  const item = queue.items.find((each) => each.state === "waiting");
  if (item) {
    Object.assign(item, { state: "sending", part: 0, xhr: null });
    queue.now = item;
    inputOf(place).files = bagOf([item.file]);
    shown(queue);
    window.htmx.process(place); // what an answer has just brought is not yet listening
    inputOf(place).dispatchEvent(new Event("upload"));
  } else if (queue.sends) {
    const { form, by } = queue.sends;
    queue.sends = null;
    if (!queue.items.length && form.isConnected) form.requestSubmit(by?.isConnected ? by : null);
  }
};

const queueOf = (place) => {
  const { upload: part } = place.dataset;
  if (!queues.has(part)) queues.set(part, { part, items: [], now: null, sends: null });
  return queues.get(part);
};

const come = async (place, files, taken = false) => {
  const queue = queueOf(place);
  inputOf(place).value = "";
  for (const file of files) {
    const ready = await smaller(place, file, taken);
    const wrong = fault(place, ready);
    const shrunk = ready === file ? "" : place.dataset.smaller;
    queue.items.push({ file: ready, shrunk, state: wrong ? "failed" : "waiting", said: wrong, again: false });
  }
  next(queue);
};

const add = async (place, files, taken = false) => {
  if (place.dataset.upload) {
    await come(place, files, taken);
    return;
  }
  const input = inputOf(place);
  const ready = [];
  for (const file of files) ready.push(await smaller(place, file, taken));
  input.files = bagOf(input.multiple ? [...input.files, ...ready] : ready.slice(0, 1));
  listed(place);
};

// An answer has come, and with it the part of the page that shows what was taken in, or why not.
const answered = (queue, item, detail) => {
  const place = placeOf(queue.part);
  const refused = place?.closest("section,form,body").querySelector("[data-fault]");
  if (detail.successful && !refused) queue.items = queue.items.filter((each) => each !== item);
  else Object.assign(item, { state: "failed", said: refused?.textContent.trim() || place?.dataset.broken, again: !refused });
  refused?.closest("[data-faults]").remove();
  if (place) {
    inputOf(place).value = "";
    place.closest("form")?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  queue.now = null;
  next(queue);
};

const offer = (part) => {
  part.querySelectorAll?.("[data-phone]").forEach((each) => each.toggleAttribute("hidden", !phone));
  queues.forEach(shown);
};
offer(document);

const within = (event) => event.target.closest?.("[data-drop]");
const theQueue = (event) => event.target.matches?.("[data-upload] input[type=file]") && queueOf(within(event));

const chosen = (input) => {
  const place = input.closest("[data-drop]");
  const files = [...input.files];
  if (!place || !files.length) return;
  if (input.matches("[data-camera]")) {
    add(place, files, true);
    input.value = "";
  } else if (place.dataset.upload) come(place, files);
  else if (phone) {
    input.value = "";
    add(place, files);
  } else listed(place);
};
document.addEventListener("change", (event) => {
  if (event.target.type === "file") chosen(event.target);
});
// Whoever was quicker than the loading of this file has chosen already.
document.querySelectorAll("[data-drop] input[type=file]").forEach(chosen);

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  const places = document.querySelectorAll("[data-drop]");
  const place = within(event) ?? (places.length === 1 && !event.target.matches?.("input,textarea") ? places[0] : null);
  if (!place || !files.length) return;
  event.preventDefault();
  add(place, files);
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const place = within(event);
    if (!place) return;
    event.preventDefault();
    place.querySelector(".drop").classList.toggle("over", name === "dragover");
    if (name === "drop") add(place, [...event.dataTransfer.files]);
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const queue = theQueue(event);
  if (queue?.now) queue.now.xhr = event.detail.xhr;
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const item = theQueue(event)?.now;
  if (!item?.bar || !event.detail.lengthComputable) return;
  item.part = (100 * event.detail.loaded) / event.detail.total;
  item.bar.value = item.part;
});
document.addEventListener("htmx:afterRequest", (event) => {
  for (const queue of queues.values())
    if (queue.now && queue.now.xhr === event.detail.xhr) answered(queue, queue.now, event.detail);
});
document.addEventListener("htmx:afterSettle", (event) => offer(event.detail.elt));

// Whoever sends the form while files are on their way waits for them; what failed stays in sight, and the form too.
document.addEventListener("submit", (event) => {
  for (const queue of queues.values()) {
    const place = placeOf(queue.part);
    if (!place || place.closest("form") !== event.target || !busy(queue)) continue;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.sends = { form: event.target, by: event.submitter };
  }
}, true);
