// Mistakes, shown as the service's own page shows them: a summary that takes the focus, and a sentence at each field.

const title = document.title;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function clearProblems(form) {
  document.title = title;
  form.querySelector(".summary")?.remove();
  for (const field of form.querySelectorAll(".field.wrong")) {
    field.classList.remove("wrong");
    const control = field.querySelector("[aria-invalid]");
    const why = field.querySelector(".error");
    control.removeAttribute("aria-invalid");
    describe(control, described(control).replace(why.id, "").trim());
    why.remove();
  }
}

export function showProblems(form, { message, fields }) {
  clearProblems(form);
  const sentences = Object.entries(fields);
  const list = element("ul", { role: "list" });
  for (const [name, sentence] of sentences) {
    const control = mark(form, name, sentence);
    list.append(element("li", {}, element("a", { href: `#${control.id}` }, sentence)));
  }
  const attributes = { class: "summary", role: "alert", tabindex: "-1", "aria-labelledby": "problem" };
  const heading = element("h3", { id: "problem" }, form.dataset.problem);
  const summary = element("div", attributes, heading, sentences.length ? list : element("p", {}, message));
  form.prepend(summary);
  document.title = `${form.dataset.error} ${title}`;
  summary.focus();
}

function mark(form, name, sentence) {
  const control = form.querySelector(`.field [name="${CSS.escape(name)}"]`);
  // What is wrong with a hidden field is told in the summary, which leads to the text.
  if (!control) return form.elements.comment;
  const why = element("p", { class: "error", id: `${name}-error` });
  why.append(element("span", { class: "hidden" }, `${form.dataset.error} `), sentence);
  control.closest(".field").classList.add("wrong");
  control.before(why);
  control.setAttribute("aria-invalid", "true");
  describe(control, `${why.id} ${described(control)}`.trim());
  return control;
}

const described = (control) => control.getAttribute("aria-describedby") ?? "";

function describe(control, ids) {
  if (ids) control.setAttribute("aria-describedby", ids);
  else control.removeAttribute("aria-describedby");
}
