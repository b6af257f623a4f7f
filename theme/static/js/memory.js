// What this browser keeps: the text of a reply until the service has it, and where a sent one waits.
// Never a name or an address. Where storage is full or forbidden, everything works without it.
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full storage refuse.
  }
}

export const draftOf = (thread) => read(`draft:${thread}`);

export function keepDraft(thread, comment, parent) {
  write(`draft:${thread}`, comment.trim() ? { comment, parent } : null);
}

export function forgetDraft(thread) {
  write(`draft:${thread}`, null);
}

export const waitingIn = (thread) => read(`waiting:${thread}`) ?? [];

export function keepWaiting(thread, address) {
  const others = waitingIn(thread).filter((known) => known !== address);
  write(`waiting:${thread}`, [...others, address].slice(-10));
}

export function forgetWaiting(thread, address) {
  const others = waitingIn(thread).filter((known) => known !== address);
  write(`waiting:${thread}`, others.length ? others : null);
}
