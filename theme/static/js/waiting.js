// A comment that waits stands at the thread's end in a dashed frame, for nobody but its writer.
import { forgetWaiting, waitingIn } from "./memory.js";
import { element } from "./problems.js";

// Shows it and returns it; null where this page has no thread.
export function showWaiting(comment) {
  const place = findPlace();
  if (!place) return null;
  const frame = document.createElement("template");
  frame.innerHTML = comment.html;
  const shown = frame.content.firstElementChild;
  document.getElementById(shown.id)?.closest("li").remove();
  place.append(element("li", {}, shown));
  return shown;
}

function findPlace() {
  const list = document.querySelector("ol.thread");
  const home = document.querySelector('section[aria-labelledby="respond"]');
  if (list || !home) return list;
  const made = element("ol", { class: "thread", role: "list" });
  home.before(element("div", { class: "row drop no-print" }, made));
  return made;
}

// Asks the service only about what this browser sent and has not yet seen on the page.
export async function showAllWaiting(thread) {
  for (const address of waitingIn(thread)) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) follow(thread, address, await answer.json());
    else if (answer.status === 404) forgetWaiting(thread, address);
  }
}

function follow(thread, address, comment) {
  const onPage = document.getElementById(`comment-${comment.id}`);
  if (comment.state === "removed" || (comment.state === "published" && onPage)) forgetWaiting(thread, address);
  else showWaiting(comment);
}
