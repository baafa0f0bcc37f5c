import { basename, extname } from "node:path";
import { defaultOptions, ExperimentError, type Output } from "@/core/mod.ts";
import { type Exporter, exporters } from "./exporter/mod.ts";

/**
 * What writes a file of some name: the exporter with its ending, the first of
 * the catalog where it has none.
 *
 * @throws {ExperimentError} If no exporter has it.
 */
export function exporterFor({ path, where }: Output): Exporter {
  const all = exporters.components.map((component) =>
    component.create(defaultOptions(component))
  );
  const ending = extname(path);
  if (ending === "") return all[0]!;
  const name = path.toLowerCase();
  const found = all.find(({ endings }) =>
    endings.some((one) => name.endsWith(one))
  );
  if (found) return found;
  const usual = all.map(({ endings: [first] }) => first);
  throw new ExperimentError(
    `Cannot write "${path}": predictions are ${`${
      usual.slice(0, -1).join(", ")
    } or ${usual.at(-1)}`}, not ${ending}`,
    { where, fix: `Name it like ${basename(path, ending)}${usual[0]}` },
  );
}
