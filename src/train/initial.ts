import { ExperimentError } from "@/core/mod.ts";
import type { Network } from "@/model/mod.ts";
import { holdsMean, meanPrefix, slotPrefix } from "./checkpoint.ts";
import { matchNames } from "./pattern.ts";
import type { Safetensors } from "./safetensors.ts";

/** Weights of another training to begin with. */
export interface GivenWeights {
  /** Numbers by the weight's name. */
  readonly given: ReadonlyMap<string, Float32Array>;
  /** What the other training has and the network does not. */
  readonly unused: readonly string[];
}

/**
 * Takes the weights and buffers of a network out of a file; those of the mean if
 * it holds one.
 *
 * @param skip Patterns of weights that are not taken but drawn; see
 * {@linkcode matchNames}.
 * @throws {ExperimentError} If weights are missing or have another shape, all of
 * them with their shapes; `where` says which file.
 */
export function weightsFrom(
  file: Safetensors,
  network: Network,
  { skip, where }: { readonly skip: readonly string[]; readonly where: string },
): GivenWeights {
  const prefix = holdsMean(file) ? meanPrefix : "";
  const names = network.weights.map(({ name }) => name);
  const skipped = matchNames(skip, { names, where: "init.skip" });
  const given = new Map<string, Float32Array>();
  const unfit: { name: string; text: string }[] = [];
  for (const { name, shape } of network.weights) {
    if (skipped.has(name)) continue;
    const found = file.get(prefix + name);
    const needed = shape.join("×"), has = found?.shape.join("×");
    if (found && has === needed) given.set(name, found.values);
    else {
      const text = `${name} is ${has ?? "missing"}, should be ${needed}`;
      unfit.push({ name, text });
    }
  }
  if (unfit.length > 0) throw unfitting(unfit, where);
  const wanted = new Set(names.map((name) => prefix + name));
  const unused = file.names.filter((name) =>
    !wanted.has(name) && !name.startsWith(slotPrefix) &&
    (prefix === "" || name.startsWith(prefix))
  ).map((name) => name.slice(prefix.length));
  return { given, unused };
}

function unfitting(
  unfit: readonly { readonly name: string; readonly text: string }[],
  where: string,
): ExperimentError {
  const layers = [
    ...new Set(unfit.map(({ name }) => name.slice(0, name.lastIndexOf("/")))),
  ];
  return new ExperimentError(
    `Cannot begin with these weights: ${
      unfit.length === 1 ? "one does" : `${unfit.length} do`
    } not fit\n${unfit.map(({ text }) => `  - ${text}`).join("\n")}`,
    {
      where,
      fix: "Use the network they were trained in, or draw them anew: " +
        `init.skip: [${layers.join(", ")}]`,
    },
  );
}
