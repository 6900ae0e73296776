// The list of what this browser keeps for reading without a network.

import { canKeep, drop, dropEverything, kept } from "./keeping.js";

export async function list(box) {
  const rows = box.querySelector("ul");
  const model = box.querySelector("template").content.firstElementChild;
  const show = async () => {
    const things = canKeep() ? await kept() : [];
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    rows.replaceChildren(...things.map((thing) => {
      const row = model.cloneNode(true);
      const link = Object.assign(row.querySelector("a"), { href: thing.first, textContent: thing.title });
      const time = Object.assign(row.querySelector("time"), { dateTime: thing.at, textContent: format.format(new Date(thing.at)) });
      const button = row.querySelector("button");
      button.setAttribute("aria-label", `${button.textContent} ${link.textContent} ${time.textContent}`);
      button.addEventListener("click", async () => {
        await drop(thing.first);
        await show();
        box.querySelector("a, h2")?.focus();
      });
      return row;
    }));
    for (const part of box.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "some") !== things.length > 0;
  };
  box.querySelector("[data-act=drop-all]").addEventListener("click", async () => {
    await dropEverything();
    await show();
  });
  await show();
}
