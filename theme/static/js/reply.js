// The reply form, with the script: errors without a new page, drafts, replies in place, the waiting comment in place.
// Whatever fails here, the form is sent as a plain form; where there is no way to the site at all, the page stays.
import { draftsOf, forgetSent, keepDraft, keepWaiting } from "./memory.js";
import { clearProblems, element, showProblems } from "./problems.js";
import { remember } from "./remember.js";
import { showAllWaiting, showWaiting } from "./waiting.js";

const JSON_HEADERS = { Accept: "application/json", "Content-Type": "application/json" };

const UNREACHABLE = Symbol();

// The whole of the answer: a line may be cut in the middle of it.
async function ask(address, options) {
  try {
    return await (await fetch(address, options)).text();
  } catch {
    throw UNREACHABLE;
  }
}

class Reply {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.text = form.elements.comment;
    this.parent = form.elements.parent;
    this.token = form.elements.token;
    this.address = form.getAttribute("action");
    this.thread = this.address.split("/").pop();
    this.status = element("p", { class: "hidden", role: "status" });
    this.place = document.createComment("the form's own place");
    form.append(this.status);
    this.getTokenAtFocus();
    form.addEventListener("input", () => this.keep());
    remember(form);
  }

  getTokenAtFocus() {
    const get = () => this.getToken().catch(() => {});
    if (this.form.contains(document.activeElement)) get();
    else this.form.addEventListener("focusin", get, { once: true });
  }

  keep() {
    keepDraft(this.thread, this.parent.value, this.text.value);
  }

  // The service lets a comment with a token in without the preview page. Focus and a quick press ask for the same one:
  // with two, a comment that is sent again would be another comment.
  getToken() {
    this.asked ??= this.askToken().finally(() => (this.asked = null));
    return this.asked;
  }

  async askToken() {
    if (this.token.value) return;
    this.token.value = JSON.parse(await ask(`${this.address}/token`, { headers: JSON_HEADERS })).token ?? "";
  }

  async submit() {
    if (this.sending) return;
    this.sending = true;
    this.status.textContent = this.words.sending;
    try {
      await this.getToken();
      await this.send();
    } catch (error) {
      // The browser's own page for a site that does not answer would take the text away.
      if (error === UNREACHABLE) return this.show({ message: this.words.unreachable, fields: {} });
      // Carries the same token, so should the comment have arrived after all, it is not stored twice.
      this.form.submit();
    } finally {
      this.sending = false;
    }
  }

  async send(again = true) {
    const typed = this.text.value;
    const body = JSON.stringify(Object.fromEntries(new FormData(this.form)));
    const told = JSON.parse(await ask(this.address, { method: "POST", headers: JSON_HEADERS, body }));
    if (told.preview && again) {
      this.token.value = told.preview.token;
      return this.send(false);
    }
    return told.error ? this.show(told.error) : this.sent(told, typed);
  }

  show(problem) {
    this.status.textContent = "";
    showProblems(this.form, problem);
  }

  sent(comment, typed) {
    forgetSent(this.thread, typed);
    keepWaiting(this.thread, comment.waiting);
    clearProblems(this.form);
    this.status.textContent = comment.sentence;
    if (this.text.value === typed) this.text.value = ""; // else more was written meanwhile
    this.token.value = "";
    this.goHome();
    const shown = showWaiting(comment);
    if (!shown) return location.assign(comment.waiting);
    shown.tabIndex = -1;
    shown.focus();
    this.getTokenAtFocus();
  }

  // -- in place ---------------------------------------------------------------------------------------------------
  answer(link, focus = true) {
    this.turnTo(link.dataset.parent);
    this.bringHome();
    const comment = link.closest(".comment");
    const name = comment.querySelector("header :is(h3, h4)").textContent.trim();
    const cancel = element("button", { class: "button quiet", type: "button" }, this.words.cancel);
    cancel.addEventListener("click", () => {
      this.goHome();
      link.focus();
    });
    this.section = this.form.parentElement;
    this.section.replaceWith(this.place);
    this.moved = element("div", { class: "said stack no-print" }, element("h4", {}, this.words.to.replace("{name}", () => name)), cancel, this.form);
    comment.after(this.moved);
    if (focus) this.text.focus();
  }

  goHome() {
    this.turnTo("");
    this.bringHome();
  }

  bringHome() {
    if (!this.moved) return;
    this.section.append(this.form);
    this.place.replaceWith(this.section);
    this.moved.remove();
    this.moved = null;
  }

  draftAt(parent) {
    return draftsOf(this.thread).find((draft) => draft[0] === parent)?.[1] ?? "";
  }

  // What was begun there is shown again. Else the text comes along, but for an answer to somebody else: that stays
  // with what it answers.
  turnTo(parent) {
    const from = this.parent.value;
    const begun = this.draftAt(parent);
    if (from === parent) return;
    if (begun || (from && parent)) this.text.value = begun;
    else keepDraft(this.thread, from);
    this.parent.value = parent;
    this.keep();
  }

  restore() {
    if (this.text.value) return this.keep(); // typed before this script was there
    const [parent, text] = draftsOf(this.thread).pop() ?? [""];
    const link = parent && document.querySelector(`a.reply[data-parent="${CSS.escape(parent)}"]`);
    if (link) return this.answer(link, false);
    keepDraft(this.thread, parent); // what it answered is gone: it stands with the text of the form's own place
    this.text.value = [this.draftAt(""), text].filter(Boolean).join("\n\n");
    this.keep();
  }
}

const form = document.querySelector("form[data-reply]");
export const reply = form && new Reply(form);
if (reply) {
  for (const link of document.querySelectorAll('a[href="#respond"]')) {
    link.addEventListener("click", () => reply.goHome());
  }
  reply.restore();
  showAllWaiting(reply.thread).catch(() => {});
}

// On the waiting page itself: what was sent without the script is known to the article's page from now on.
const thread = document.querySelector("[data-sent]")?.dataset.sent;
if (thread) {
  keepWaiting(thread, location.pathname);
  forgetSent(thread, document.getElementById("comment")?.value);
}
