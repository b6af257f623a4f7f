// Single-letter keys for the lists. All of it can be done without: this only presses what is on the page.
const lists = document.querySelectorAll("[data-list]");
const KEYS = { p: ["approve", "accept_edit", "restore"], r: ["reply"], e: ["edit"], s: ["spam"], b: ["trash"] };

for (const help of document.querySelectorAll("#keyboard")) help.hidden = false;
if (location.hash === "#receipt") document.getElementById("receipt")?.focus({ preventScroll: true });
for (const item of document.querySelectorAll("[data-list] .item")) item.tabIndex = -1;

// Where one comment fills the page, the keys mean that one.
const only = document.querySelector("[data-list]:not(:has(.item))");

function current() {
  return document.activeElement?.closest("[data-list] li, [data-list]") ?? only;
}

function move(step) {
  const items = [...document.querySelectorAll("[data-list] .item")];
  const place = current();
  const here = items.findIndex((item) => place?.contains(item));
  let next = here + step;
  if (place?.matches(".receipt")) {
    const after = items.findIndex((item) => place.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING);
    const from = after < 0 ? items.length : after;
    next = step > 0 ? from : from - 1;
  }
  const item = items[Math.max(0, Math.min(items.length - 1, next))];
  item?.focus();
  item?.scrollIntoView({ block: "nearest" });
}

function press(names, place) {
  const folded = place.querySelector(".more:not([open])");
  const button = names.map((name) => place.querySelector(`[data-key="${name}"]`)).find(Boolean);
  if (!button) return;
  if (folded) {
    // What was not read is not decided on: the first press unfolds it.
    folded.open = true;
    folded.querySelector("summary").focus();
  } else {
    button.click();
  }
}

function act(key) {
  const place = current();
  if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
  else if (key === "u") document.querySelector("#receipt [data-key='undo']")?.click();
  else if (key === "x") place?.querySelector(".pick")?.click();
  else if (key in KEYS && place) press(KEYS[key], place);
  else return false;
  return true;
}

function open(details, field) {
  if (!details) return false;
  details.open = true;
  (field ?? details.querySelector("summary")).focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!lists.length || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const focus = event.target;
  if (focus.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (!focus.matches("body, main") && !focus.closest("[data-list]")) return;
  const done =
    event.key === "/"
      ? open(document.querySelector(".finder"), document.getElementById("q"))
      : event.key === "?"
        ? open(document.getElementById("keyboard"))
        : act(event.key);
  if (done) event.preventDefault();
});
