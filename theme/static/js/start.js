// Reading needs no script. What copies a reference comes with the press of its button, the reply form's only when a
// reply is begun, or when this browser still has something to show here: a draft, or a comment that waits. What is
// done before it has come is done again with it.
const form = document.querySelector("form[data-reply]");
const thread = form?.getAttribute("action").split("/").pop();
const done = new AbortController();
let script;

function load() {
  return (script ??= import("./reply.js").then(() => done.abort()));
}

function holdsSomething() {
  try {
    return [`draft:${thread}`, `waiting:${thread}`].some((key) => localStorage.getItem(key));
  } catch {
    return false;
  }
}

async function sendLater(event) {
  event.preventDefault();
  await load().then(() => form.requestSubmit(), sendPlainly);
}

// The browser's own page for a site that cannot be reached would take the text away.
function sendPlainly() {
  script = null;
  if (navigator.onLine) return form.submit();
  const said = form.querySelector("[role=alert]") ?? document.createElement("p");
  said.role = "alert";
  said.textContent = form.dataset.unreachable;
  form.prepend(said);
}

async function followLater(event) {
  const link = event.target.closest("a.reply[data-parent]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await load().then(() => link.click(), () => location.assign(link.href));
}

if (document.querySelector("[data-sent]") || (form && holdsSomething())) load();
else if (form) {
  form.addEventListener("focusin", () => load().catch(() => {}), { signal: done.signal });
  form.addEventListener("submit", sendLater, { signal: done.signal });
  document.addEventListener("click", followLater, { signal: done.signal });
}

const [text, button, told] = document.querySelectorAll(".cite, .copy *");
if (button) {
  button.parentNode.hidden = false;
  button.onclick = () => import("./cite.js").then(({ copy }) => copy(text, button, told));
}
