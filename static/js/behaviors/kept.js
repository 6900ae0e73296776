// Where the browser keeps unsent text: in this tab, and beyond it while the server has not got it. Each reader of
// this browser finds only their own.

const PREFIX = "cityboards:kept:";
const LONGEST = 30 * 24 * 3600e3;
const place = (key) => `${PREFIX}${document.documentElement.dataset.reader ?? ""}:${key}`;

/** Do something with a storage that may be closed or full; then nothing is kept, and writing goes on without. */
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

/** What was kept under the key: {values, isOld}; `isOld` when it comes from another tab or an earlier day. */
export function read(key) {
  const here = attempt(() => JSON.parse(sessionStorage.getItem(place(key))));
  if (here) return { values: here, isOld: false };
  const lasting = attempt(() => JSON.parse(localStorage.getItem(place(key))));
  return lasting && Date.now() - lasting.at < LONGEST ? { values: lasting.values, isOld: true } : null;
}

export function keep(key, values) {
  attempt(() => sessionStorage.setItem(place(key), JSON.stringify(values)));
  attempt(() => localStorage.setItem(place(key), JSON.stringify({ at: Date.now(), values })));
}

/** Forget the text beyond this tab: the server has it now. */
export function dropLasting(key) {
  attempt(() => localStorage.removeItem(place(key)));
}

export function drop(key) {
  attempt(() => sessionStorage.removeItem(place(key)));
  dropLasting(key);
}

/** Forget everything that was kept for anybody: who signs out leaves nothing behind. */
export function dropAll() {
  for (const storage of ["sessionStorage", "localStorage"]) {
    attempt(() => Object.keys(window[storage]).filter((name) => name.startsWith(PREFIX)).forEach((name) => window[storage].removeItem(name)));
  }
}
