// Copies of pages as they are kept for reading without a network: the text alone, with no forms, no scripts,
// and no name of who is signed in.

// A copy outlives the site it was made by, so it says by itself what it may run.
const POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HTML = { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY } };
const NEEDS_NETWORK = "form, script, dialog, template, details.menu, [data-hx-get], [data-online]";
const NO_SHEET = "link:not([rel=stylesheet], [rel=icon])";

/** The document at an address of ours, without a word of who reads it. Throws when it is not there. */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  const root = new DOMParser().parseFromString(await answer.text(), "text/html");
  delete root.documentElement.dataset.reader;
  return root;
}

/** The addresses of the sheets and pictures of a document that are our own. */
export function filesOf(root) {
  return [...root.querySelectorAll("link[rel=stylesheet], link[rel=icon], main img")]
    .map((node) => new URL(node.getAttribute("href") ?? node.getAttribute("src"), window.location.href))
    .filter((url) => url.origin === window.location.origin).map(String);
}

/** The address of the next page of the same thing, if there is one. */
export function nextOf(root, address) {
  const here = new URL(address, window.location.href);
  const next = root.querySelector("a[rel~=next]")?.getAttribute("href");
  const url = next && new URL(next, here);
  return url && url.pathname === here.pathname ? url.pathname + url.search : null;
}

export const stored = (root) => new Response(`<!doctype html>${root.documentElement.outerHTML}`, HTML);

/** A copy without what needs a network or belongs to a person, in the look of this moment, that says what it is. */
export function bare(root, note) {
  for (const element of root.querySelectorAll(`${NEEDS_NETWORK}, ${NO_SHEET}`)) element.remove();
  for (const name of ["theme", "size"]) root.documentElement.dataset[name] = document.documentElement.dataset[name];
  const line = Object.assign(root.createElement("p"), { className: "kept-note", textContent: note });
  root.querySelector("main")?.prepend(line);
  return stored(root);
}

/** The list of what is kept, with its script, but without what needs a network. */
export function bareList(root) {
  for (const part of root.querySelectorAll("form, details.menu, .sitehead__nav, [data-online], link[rel=manifest]")) part.remove();
  return stored(root);
}
