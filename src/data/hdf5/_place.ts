import type { Dataset } from "h5wasm/node";
import type { Zyx } from "@/core/mod.ts";
import { readTriple } from "./_attributes.ts";
import type { Guard } from "./_guard.ts";

/** Attributes that say how large voxels are, and their unit in nanometres. */
const resolutions = { resolution: 1, voxel_size: 1, element_size_um: 1000 };

/** An attribute that says how large voxels are. */
export type ResolutionAttribute = keyof typeof resolutions;

/** What the attributes of a dataset say of its place, in nanometres. */
export interface DatasetPlace {
  /** Extent of a voxel. */
  readonly resolutionNm: Zyx | undefined;
  /** The attribute that says it. */
  readonly resolutionFrom: ResolutionAttribute | undefined;
  /** Place of the first voxel. */
  readonly offsetNm: Zyx | undefined;
}

/**
 * Reads where a dataset lies. Where its resolution is not needed, as one was
 * given, it may be wrong.
 *
 * @throws {ExperimentError} If an attribute is not what it should be.
 */
export function readPlace(
  dataset: Dataset,
  { guard, isGiven }: { readonly guard: Guard; readonly isGiven: boolean },
): DatasetPlace {
  const name = dataset.path.replace(/^\/+/, "");
  const read = (attribute: string, unit: string, least = -Infinity) => {
    const found = readTriple(dataset, { attribute, guard });
    if (!found) return undefined;
    const isSound = "triple" in found && found.triple.every((n) => n > least);
    if (isSound) return found.triple;
    const isResolution = least === 0;
    if (isResolution && isGiven) return undefined;
    throw guard.error(
      `Cannot read the attribute "${attribute}" of "${name}" of ` +
        `"${guard.path}": it is ${
          "triple" in found ? found.triple.join(", ") : found.instead
        }, it should be three numbers${
          isResolution ? " above 0" : ""
        } in ${unit}, z y x`,
      "Correct the attribute" +
        (isResolution
          ? ", or set resolutionNm: [z, y, x] in the experiment"
          : ""),
    );
  };
  const offsetNm = read("offset", "nanometres");
  for (const [attribute, nm] of Object.entries(resolutions)) {
    const unit = nm === 1 ? "nanometres" : "micrometres";
    const found = read(attribute, unit, 0);
    if (!found) continue;
    return {
      resolutionNm: found.map((extent) => extent * nm) as unknown as Zyx,
      resolutionFrom: attribute as ResolutionAttribute,
      offsetNm,
    };
  }
  return { resolutionNm: undefined, resolutionFrom: undefined, offsetNm };
}
