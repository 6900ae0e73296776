// Does the small sum of a sign-up form (accounts/proof_of_work.py) while somebody fills it in; sending waits for it.

import { hex, sha256 } from "../sha256.js";

const PARTS = 16;
const SHARE = 15; // milliseconds at a time, so that typing stays smooth

const pause = () => new Promise((go) => setTimeout(go));

async function solve(challenge, bits) {
  const counters = [];
  let until = performance.now() + SHARE;
  for (let part = 0; part < PARTS; part += 1) {
    const beginning = `${hex(sha256(`${challenge}:${part}`)).slice(0, 32)}:`;
    let counter = 0;
    while (Math.clz32(sha256(beginning + counter)[0]) < bits) {
      counter += 1;
      if (counter % 256 === 0 && performance.now() > until) {
        await pause();
        until = performance.now() + SHARE;
      }
    }
    counters.push(counter);
  }
  return counters.join(",");
}

export function sum(form) {
  const { challenge, solution } = form.elements;
  if (!challenge) return;
  const said = form.querySelector("[data-sum-wait]");
  let work = null;

  const begin = () => {
    work ??= solution.value
      ? Promise.resolve()
      : solve(challenge.value, Number(challenge.dataset.bits)).then((found) => { solution.value = found; });
    return work;
  };

  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (solution.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (said.textContent) return; // a second Enter
    said.textContent = said.dataset.sumWait;
    const { submitter } = event;
    submitter?.setAttribute("aria-busy", "true");
    begin().then(() => {
      said.textContent = "";
      submitter?.removeAttribute("aria-busy");
      form.requestSubmit(submitter);
    });
  }, { capture: true });
}
