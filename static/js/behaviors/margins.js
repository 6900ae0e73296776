// What the margins of printed pages say (print.css), unless the server has said it: title, address and date.

export function margins() {
  addEventListener("beforeprint", () => {
    const { dataset, lang } = document.documentElement;
    if (dataset.printPlace) return;
    const calendar = dataset.calendar ? "-u-ca-roc" : "";
    dataset.printTitle = document.title;
    const today = new Date().toLocaleDateString(lang + calendar, { dateStyle: "long" });
    dataset.printDate = today.replace(/\d+(?=[年月日])/g, " $& ").trim(); // spaced as on the page
    dataset.printAddress = decodeURI(document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0]);
  });
}
