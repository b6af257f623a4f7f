// Finds while you type. Enter is left to the form.
const field = document.getElementById("q");
const { form } = field;
const [list, status] = form.querySelectorAll("ul, p");
let timer, asked;

function stop() {
  clearTimeout(timer);
  asked?.abort();
}

function show(html = "", said = "") {
  stop();
  list.innerHTML = html;
  list.hidden = !html;
  status.textContent = said;
}

async function ask() {
  const { signal } = (asked = new AbortController());
  const headers = { Accept: "application/json" };
  try {
    const answer = await fetch(`/search/?${new URLSearchParams(new FormData(form))}`, { headers, signal });
    const { html, said } = await answer.json();
    show(html, said);
  } catch {
    signal.aborted || show();
  }
}

field.addEventListener("input", () => {
  stop();
  field.value.trim() ? (timer = setTimeout(ask, 200)) : show();
});
form.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: 0 }[event.key];
  if (list.hidden || step === undefined) return;
  event.preventDefault();
  const stops = [field, ...list.querySelectorAll("a")];
  stops[step && stops.indexOf(document.activeElement) + step]?.focus();
  step ? stop() : show();
});
form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || show());
