// What this browser keeps: the text of a reply until the service has it, where a sent one waits, and, with consent
// only (remember.js), who writes. Where storage is full or forbidden, it is kept for as long as the page is open.
const here = {};

export function read(key) {
  try {
    return here[key] ?? JSON.parse(localStorage[key]);
  } catch {
    return [];
  }
}

// An empty list is not kept.
export function write(key, list) {
  here[key] = list;
  try {
    if (list.length) localStorage[key] = JSON.stringify(list);
    else localStorage.removeItem(key);
    delete here[key];
  } catch {
    // Private windows and full storage refuse.
  }
}

// Pairs of what is answered ("" at the form's own place) and the text, the last one touched at the end.
export const draftsOf = (thread) => read(`drafts:${thread}`);

function keepBut(thread, [parent, text], isOld) {
  const others = draftsOf(thread).filter((draft) => !isOld(draft));
  write(`drafts:${thread}`, text?.trim() ? [...others, [parent, text]] : others);
}

export const keepDraft = (thread, parent, text) => keepBut(thread, [parent, text], (draft) => draft[0] === parent);

// Another tab may hold another text for the same place: that one stays.
export const forgetSent = (thread, text) => keepBut(thread, [], (draft) => draft[1].trim() === text?.trim());

export const waitingIn = (thread) => read(`waiting:${thread}`);

export function forgetWaiting(thread, address, ...added) {
  const others = waitingIn(thread).filter((known) => known !== address);
  write(`waiting:${thread}`, [...others, ...added].slice(-10));
}

export const keepWaiting = (thread, address) => forgetWaiting(thread, address, address);
