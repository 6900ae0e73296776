// Counts while one types, by the rule of forum/text/counting.py: each Chinese character is a word, and so is each
// run of other letters. Characters are what the limits of a board speak of.

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/gu;
const RUN = /[\p{L}\p{N}\p{M}]+(?:['’.\-_][\p{L}\p{N}\p{M}]+)*/gu;

export function counted(text) {
  const rest = text.replace(HAN, " ");
  const words = (text.match(HAN)?.length ?? 0) + (rest.match(RUN)?.length ?? 0);
  return { words, characters: [...text.replace(/\r\n?/g, "\n").trim()].length };
}

export function count(desk) {
  const line = desk.slot("count");
  if (!line) return;
  const { fewest, most } = line.dataset;
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const show = () => {
    const { words, characters } = counted(desk.area.value);
    line.querySelector("[data-words]").textContent = format.format(words);
    line.querySelector("[data-characters]").textContent = format.format(characters);
    line.classList.toggle("is-wrong", characters > Number(most) || (characters > 0 && characters < Number(fewest)));
    line.hidden = false;
  };
  show();
  desk.onPause(150, show);
  desk.form.addEventListener("reset", () => setTimeout(show));
}
