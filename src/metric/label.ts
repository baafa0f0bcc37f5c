import { machineNumbers } from "@/machine/mod.ts";
import { everyOutput } from "./catalog.ts";

const labels = new Map([
  ...everyOutput().map(({ name, label }) => [name, label] as const),
  ["bce", "BCE"] as const,
]);

const ofMachine = new Map<string, string>(
  machineNumbers().map(({ name, label, unit }) => [name, `${label} (${unit})`]),
);

/**
 * A metric's name in the words of the field: `loss.level1/bce` is `Loss · Level1
 * · BCE`, `speed.waitMs` is `Wait (ms)`.
 */
export function metricLabel(name: string): string {
  return ofMachine.get(name) ??
    name.replace(/^speed\./, "").split(/[./]/).map((part) =>
      labels.get(part) ?? capital(
        part.replace(
          /([a-z0-9])([A-Z])/g,
          (_, a, b) => `${a} ${b.toLowerCase()}`,
        )
          .replace(/ ms$/, " (ms)").replace(/ nm$/, " (nm)"),
      )
    ).join(" · ");
}

/**
 * The name of a number as `lastMetrics` has it, in the same words:
 * `validation/best.ap` is `Validation AP`, `validation/ap` of weights that were
 * not the best `Validation AP, last`.
 */
export function metricTitle(key: string): string {
  const [, split = "", best, name = key] =
    /^(train|validation|test)\/(best\.)?(.+)$/.exec(key) ?? [];
  const title = [split && capital(split), metricLabel(name)].filter(Boolean)
    .join(" ");
  return split === "" || split === "train" || best ? title : `${title}, last`;
}

/** The same of what is measured with the best weights alone, `validation/ap`. */
export function measuredTitle(metric: string): string {
  return metricTitle(metric.replace("/", "/best."));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
