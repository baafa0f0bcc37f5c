const labels: Readonly<Record<string, string>> = {
  ap: "AP",
  dice: "Dice",
  adgt: "ADGT",
  adf: "ADF",
  adgtStd: "ADGT std",
  adgtMax: "ADGT max",
  adfStd: "ADF std",
  adfMax: "ADF max",
  score: "CREMI score",
  fp200: "FP > 200 nm",
  fn200: "FN > 200 nm",
  f1At200: "F1 at 200 nm",
  found: "Objects found",
  objects: "Objects",
  bce: "BCE",
};

/**
 * A metric's name in the words of the field: `loss.level1/bce` is `Loss · Level1
 * · BCE`, `speed.waitMs` is `Wait (ms)`.
 */
export function metricLabel(name: string): string {
  return name.replace(/^speed\./, "").split(/[./]/).map((part) =>
    labels[part] ?? capital(
      part.replace(/([a-z0-9])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`)
        .replace(/ ms$/, " (ms)").replace(/ nm$/, " (nm)"),
    )
  ).join(" · ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
