// Copies the reference with its italics, or else selects it.
export async function copy(text, button, told) {
  try {
    const both = { "text/html": text.innerHTML, "text/plain": text.innerText };
    await navigator.clipboard.write([new ClipboardItem(both)]);
    told.textContent = button.value;
  } catch {
    getSelection().selectAllChildren(text);
    told.textContent = told.dataset.refused;
  }
}
