// Any values together, at an address to share.
const { hub } = document.forms;
const [pills, count, list, more] = hub.querySelectorAll("[data-part]");
const boxes = [...hub.querySelectorAll("[type=checkbox]")];
let rows, hits;

const fail = () => (count.textContent = more.dataset.part);

// kind=book in a query, kind/book in a path.
function read() {
  for (const box of hub) box.checked = !box.value || RegExp(`\\b${box.name}[=/]${box.value}([&/#]|$)`).test(location);
  if (rows || location.search) show().catch(fail);
}

async function show(top = 0) {
  rows ??= await (await fetch(`${hub.action}hub.json`)).json();
  const by = hub.sort.value;
  const set = boxes.filter((box) => box.checked);
  const fits = (row, but) =>
    set.every(({ name }) => name === but || set.some((box) => box.name === name && row[name].includes(box.value)));
  hits = rows.filter((row) => fits(row)).sort((a, b) => a[by] - b[by]);
  boxes.forEach((box, at) => {
    const gain = rows.filter((row) => row[box.name].includes(box.value) && fits(row, box.name)).length;
    box.nextElementSibling.lastChild.textContent = gain;
    box.disabled = !(gain || box.checked);
    box.closest("details").open ||= box.checked;
    pills.children[at].hidden = !box.checked;
    pills.children[at].onclick = () => !!count.focus(box.click());
  });
  hub.dataset.hub = "live";
  document.title = hub.dataset.title;
  count.textContent = count.dataset.part.replace("{}", hits.length);
  list.innerHTML = hits.slice(0, top + 40).map((row) => row.html).join("");
  more.hidden = !hits[top + 40];
  if (top) list.children[top].querySelector("a").focus();
}

async function keep(link) {
  const [kind] = /\w+$/.exec(link.href);
  const text = await (await fetch(`/cite/resources.${kind}`)).text();
  const ids = hits.map((row) => row.id);
  const kept =
    kind === "json"
      ? JSON.stringify(JSON.parse(text).filter(({ id }) => ids.includes(id)))
      : text.split(/(?<=\n\r?\n)/).filter((one) => ids.includes(/^(@\w+{|ID  - )([\w-]+)/m.exec(one)?.[2])).join("");
  if (!kept) throw kept;
  Object.assign(link.cloneNode(), { href: URL.createObjectURL(new Blob([kept])) }).click();
}

hub.onchange = () => {
  history.pushState(0, "", `${hub.action}?${new URLSearchParams(new FormData(hub))}`.replace(/.sort=$/, ""));
  show().catch(fail);
};
hub.onreset = () => setTimeout(() => count.focus(hub.onchange()));
hub.onclick = ({ target }) => {
  const link = target.closest('[href^="/cite/"]');
  return !(link && hits && keep(link).catch(fail));
};
more.onclick = () => show(list.children.length);
onpopstate = read;
hub.dataset.hub = "on";
read();
