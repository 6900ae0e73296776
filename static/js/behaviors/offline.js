// A button that keeps a thread or digest for reading without a network, renews the copy, or throws it away.
// Hidden where the browser cannot. The list of what is kept comes with it, for it will be needed without a network.

import { say } from "./announce.js";
import { canKeep, drop, keep, kept } from "./keeping.js";
import { list } from "./shelf.js";

export async function offline(box) {
  if (!canKeep()) return;
  const { keep: first, title, note, done, failed } = box.dataset;
  const button = box.querySelector("[data-act=keep]");
  const remove = box.querySelector("[data-act=drop]");
  const show = async () => {
    const isKept = (await kept()).some((thing) => thing.first === first);
    button.textContent = isKept ? button.dataset.again : button.dataset.fresh;
    remove.hidden = !isKept;
    box.hidden = false;
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await keep({ first, title, note, step: (count) => (button.textContent = `${button.dataset.busy} ${count}`) });
      say(done);
    } catch {
      say(failed);
    }
    button.disabled = false;
    await show();
  });
  remove.addEventListener("click", async () => {
    await drop(first);
    await show();
    button.focus();
  });
  await show();
}

export const shelf = (box) => list(box);
