// The reply form, with the script: errors without a new page, drafts, replies in place, the waiting comment in place.
// Whatever fails here, the form is sent as a plain form; where there is no way to the site at all, the page stays.
import { draftOf, forgetDraft, keepDraft, keepWaiting } from "./memory.js";
import { clearProblems, element, showProblems } from "./problems.js";
import { noteSent, showAllWaiting, showWaiting } from "./waiting.js";
import { words } from "./words.js";

const JSON_HEADERS = { Accept: "application/json", "Content-Type": "application/json" };

class Unreachable extends Error {}

async function ask(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Unreachable();
  }
}

class Reply {
  constructor(form) {
    this.form = form;
    this.address = form.getAttribute("action");
    this.thread = this.address.split("/").pop();
    this.status = element("p", { class: "hidden", role: "status" });
    this.place = document.createComment("the form's own place");
    this.sending = false;
    form.append(this.status);
    this.getTokenAtFocus();
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => this.submit(event));
  }

  getTokenAtFocus() {
    const get = () => this.getToken().catch(() => {});
    if (this.form.contains(document.activeElement)) get();
    else this.form.addEventListener("focusin", get, { once: true });
  }

  keep() {
    keepDraft(this.thread, this.form.elements.comment.value, this.form.elements.parent.value);
  }

  // The service lets a comment with a token in without the preview page. Focus and a quick press ask for the same one:
  // with two, a comment that is sent again would be another comment.
  getToken() {
    this.asked ??= this.askToken().finally(() => (this.asked = null));
    return this.asked;
  }

  async askToken() {
    const token = this.form.elements.token;
    if (token.value) return;
    const answer = await ask(`${this.address}/token`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`token: ${answer.status}`);
    token.value = (await answer.json()).token;
  }

  async submit(event) {
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    this.status.textContent = words.sending;
    try {
      await this.getToken();
      await this.send();
    } catch (error) {
      this.status.textContent = "";
      // The browser's own page for a site that does not answer would take the text away.
      if (error instanceof Unreachable) return showProblems(this.form, { message: words.unreachable, fields: {} });
      // Carries the same token, so should the comment have arrived after all, it is not stored twice.
      this.form.submit();
    } finally {
      this.sending = false;
    }
  }

  async send(again = true) {
    const body = JSON.stringify(Object.fromEntries(new FormData(this.form)));
    const answer = await ask(this.address, { method: "POST", headers: JSON_HEADERS, body });
    const told = await answer.json();
    if (told.preview && again) {
      this.form.elements.token.value = told.preview.token;
      return this.send(false);
    }
    if (told.error) {
      this.status.textContent = "";
      return showProblems(this.form, told.error);
    }
    return this.sent(told);
  }

  sent(comment) {
    forgetDraft(this.thread);
    keepWaiting(this.thread, comment.waiting);
    clearProblems(this.form);
    this.status.textContent = comment.sentence;
    this.goHome();
    this.form.elements.comment.value = "";
    this.form.elements.token.value = "";
    const shown = showWaiting(comment);
    if (!shown) return location.assign(comment.waiting);
    shown.tabIndex = -1;
    shown.focus();
    this.getTokenAtFocus();
  }

  // -- in place ---------------------------------------------------------------------------------------------------
  answer(link, focus = true) {
    this.goHome();
    const comment = link.closest(".comment");
    const name = comment.querySelector("header :is(h3, h4)").textContent.trim();
    const cancel = element("button", { class: "button quiet", type: "button" }, words.cancel);
    cancel.addEventListener("click", () => {
      this.goHome();
      this.keep();
      link.focus();
    });
    this.section = this.form.parentElement;
    this.section.replaceWith(this.place);
    this.moved = element("div", { class: "said stack no-print" }, element("h4", {}, words.to(name)), cancel, this.form);
    comment.after(this.moved);
    this.form.elements.parent.value = link.dataset.parent;
    this.keep();
    if (focus) this.form.elements.comment.focus();
  }

  goHome() {
    if (!this.moved) return;
    this.section.append(this.form);
    this.place.replaceWith(this.section);
    this.moved.remove();
    this.moved = null;
    this.form.elements.parent.value = "";
  }

  restore() {
    const draft = draftOf(this.thread);
    const text = this.form.elements.comment;
    if (text.value) return this.keep(); // typed before this script was there
    if (!draft) return;
    const link = draft.parent && document.querySelector(`a.reply[data-parent="${CSS.escape(draft.parent)}"]`);
    if (link) this.answer(link, false);
    text.value = draft.comment;
  }
}

function start(form) {
  const reply = new Reply(form);
  for (const link of document.querySelectorAll("a.reply[data-parent]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      reply.answer(link);
    });
  }
  for (const link of document.querySelectorAll('a[href="#respond"]')) {
    link.addEventListener("click", () => reply.goHome());
  }
  reply.restore();
  showAllWaiting(reply.thread).catch(() => {});
}

const form = document.querySelector("form[data-reply]");
if (form) start(form);

const sent = document.querySelector("[data-sent]");
if (sent) {
  const thread = sent.dataset.sent;
  noteSent(thread);
  if (draftOf(thread)?.comment.trim() === document.getElementById("comment")?.value.trim()) forgetDraft(thread);
}
