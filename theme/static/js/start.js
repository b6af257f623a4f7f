// Reading needs no script. What copies a reference comes with the press of its button, the reply form's only when a
// reply is begun, or when this browser still has something to show here: a draft, a comment that waits, a name.
const form = document.querySelector("form[data-reply]");
const thread = form?.getAttribute("action").split("/").pop();
let script;

const load = () => (script ??= import("./reply.js"));

function holdsSomething() {
  try {
    return [`drafts:${thread}`, `waiting:${thread}`, "writer"].some((key) => localStorage.getItem(key));
  } catch {
    return false;
  }
}

async function send(event) {
  if (event.submitter?.name) return; // the preview has a page of its own
  event.preventDefault();
  await load().then(({ reply }) => reply.submit(), sendPlainly);
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

async function follow(event) {
  const link = event.target.closest("a.reply[data-parent]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await load().then(({ reply }) => reply.answer(link), () => location.assign(link.href));
}

if (form) {
  form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", send);
  document.addEventListener("click", follow);
}
if (document.querySelector("[data-sent]") || (form && holdsSomething())) load();

const [text, button, told] = document.querySelectorAll(".cite, .copy *");
if (button) {
  button.parentNode.hidden = false;
  button.onclick = () => import("./cite.js").then(({ copy }) => copy(text, button, told));
}
