/**
 * Before printing, all that is folded opens, and what is drawn is drawn anew in
 * light colours at the paper's width; after it, all is as before.
 */
export function startPrinting() {
  const root = document.documentElement;
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [
      ...document.querySelectorAll("main details:not([open], .off-paper)"),
    ];
    for (const part of folded) part.open = true;
    root.dataset.print = "";
    document.dispatchEvent(new Event("colours"));
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    delete root.dataset.print;
    document.dispatchEvent(new Event("colours"));
  });
}
