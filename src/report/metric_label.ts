import { everyOutput } from "@/metric/mod.ts";

const labels = new Map([
  ...everyOutput().map(({ name, label }) => [name, label] as const),
  ["bce", "BCE"] as const,
]);

/**
 * A metric's name in the words of the field: `loss.level1/bce` is `Loss · Level1
 * · BCE`, `speed.waitMs` is `Wait (ms)`.
 */
export function metricLabel(name: string): string {
  return name.replace(/^speed\./, "").split(/[./]/).map((part) =>
    labels.get(part) ?? capital(
      part.replace(/([a-z0-9])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`)
        .replace(/ ms$/, " (ms)").replace(/ nm$/, " (nm)"),
    )
  ).join(" · ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
