// When a fragment was asked for and a whole page came: follow it if the server sent us elsewhere
// (an expired session leads to the sign-in page), else say what the page says and leave ours as it is.

import { say } from "./announce.js";

const WHOLE_PAGE = /^\s*(<!--[\s\S]*?-->\s*)*<!doctype html/i;

export function catchAnswers() {
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.swap === "none" || !WHOLE_PAGE.test(ctx.text ?? "")) return;
    event.preventDefault();
    const { raw } = ctx.response;
    if (raw.ok) {
      window.location.assign(raw.url);
      return;
    }
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    const words = page.querySelector("#main [data-announce]") ?? page.querySelector("#main h1");
    say(words?.textContent.trim() || page.title);
  });
}
