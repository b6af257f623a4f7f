// "/" leads to the field; what finds while you type comes when it is used.
const field = document.getElementById("q");
if (field) {
  const load = () => import("./find.js").catch(() => {});
  if (field.matches(":focus")) load();
  else field.addEventListener("focus", load, { once: true });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
  });
}
