// Copies the reference with its italics, or else selects it.
const [text, button, told] = document.querySelectorAll(".cite, .copy *");
button.parentNode.hidden = false;
button.onclick = async () => {
  try {
    const both = { "text/html": text.innerHTML, "text/plain": text.innerText };
    await navigator.clipboard.write([new ClipboardItem(both)]);
    told.textContent = button.value;
  } catch {
    getSelection().selectAllChildren(text);
    told.textContent = told.dataset.refused;
  }
};
