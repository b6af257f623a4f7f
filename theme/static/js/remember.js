// Who writes, for the next time: only while the box is ticked, only in this browser, never sent.
import { read, write } from "./memory.js";

export function remember(form) {
  try {
    localStorage.length;
  } catch {
    return; // where nothing can be saved, nothing is offered
  }
  const box = form.querySelector("[type=checkbox]:not([name])");
  const fields = ["name", "email", "website"].map((name) => form.elements[name]);
  const kept = read("writer");
  kept.forEach((value, place) => (fields[place].value ||= value));
  box.checked = kept.length;
  form.addEventListener("input", () => write("writer", box.checked ? fields.map((field) => field.value) : []));
  // Taken back in one tab, it is taken back in all.
  addEventListener("storage", ({ key, newValue }) => key === "writer" && (box.checked = newValue));
  box.closest("p").hidden = false;
}
