import * as z from "zod";
import { ExperimentError, foundOnce, sizeOf, type Volume } from "@/core/mod.ts";
import type { SourceContext } from "../source/_source.ts";
import { type BadSection, detectBadSections } from "./detect.ts";
import { listedSections, lists } from "./lists.ts";
import type { BadSections } from "./options.ts";

/** What is seen of a section: others, each with its share. */
type Mixture = readonly { readonly section: number; readonly share: number }[];

/**
 * A volume in which bad sections are seen as the policy says; their labels stay
 * (techniques A8.4). Takes over the volume.
 *
 * @throws {ExperimentError} If a section is named that is not there, or no good
 * one is left.
 */
export function mended(
  volume: Volume,
  { place, ...plan }: BadSections & { readonly place: SourceContext },
): Volume {
  const named = namedSections(volume, plan, `${place.where}.source`);
  const found = plan.detect ? detected(volume, place) : [];
  const bad = new Map<number, number | undefined>([
    ...found.map(({ section }) => [section, undefined] as const),
    ...named,
  ]);
  const notes = [
    ...volume.notes ?? [],
    ...found.map(({ section, why }) => `Section ${section} is ${why}`),
  ];
  if (bad.size === 0 || plan.policy === "keep") return { ...volume, notes };
  if (bad.size === volume.shapeVox[0]) {
    throw new ExperimentError("Cannot mend a volume without a good section", {
      where: `${place.where}.source.badSections`,
      fix: "Name fewer bad sections, or keep them",
    });
  }
  const seen = new Map(
    bad.entries().map(([section, by]) =>
      [section, mixtureOf(section, { by, bad, plan, volume })] as const
    ),
  );
  return {
    ...volume,
    notes,
    read(box) {
      const patch = volume.read(box);
      const [z0, y0, x0] = box.startVox, [depth, height, width] = box.shapeVox;
      const size = height * width;
      for (let k = 0; k < depth; k++) {
        const mixture = seen.get(z0 + k);
        if (!mixture) continue;
        const plane = patch.image.subarray(k * size, (k + 1) * size).fill(0);
        for (const { section, share } of mixture) {
          const { image } = volume.read({
            startVox: [section, y0, x0],
            shapeVox: [1, height, width],
          });
          for (let i = 0; i < size; i++) plane[i]! += share * image[i]!;
        }
      }
      return patch;
    },
    [Symbol.dispose]: () => volume[Symbol.dispose](),
  };
}

/** The sections an experiment names, each with what replaces it if it says so. */
function namedSections(
  { shapeVox: [depth] }: Volume,
  { preset, sections }: BadSections,
  where: string,
): readonly (readonly [number, number | undefined])[] {
  if (preset !== undefined && depth !== listedSections) {
    throw new ExperimentError(
      `Cannot take the list of ${preset}: it counts ${listedSections} ` +
        `sections, the volume has ${depth}`,
      {
        where: `${where}.badSections.preset`,
        fix: "Keep the report's context: { sections: 14, pixels: 200 }",
      },
    );
  }
  const named = [
    ...preset === undefined ? [] : lists[preset],
    ...sections.map((one) =>
      typeof one === "number" ? [one, undefined] as const : one
    ),
  ];
  const outside = named.flat().find((section) => (section ?? 0) >= depth);
  if (outside === undefined) return named;
  throw new ExperimentError(
    `Cannot find section ${outside}: the volume has ${depth}, from 0 on`,
    {
      where: `${where}.badSections.sections`,
      fix: `Write numbers up to ${depth - 1}`,
    },
  );
}

function mixtureOf(
  section: number,
  { by, bad, plan: { policy }, volume: { shapeVox: [depth] } }: {
    readonly by: number | undefined;
    readonly bad: ReadonlyMap<number, number | undefined>;
    readonly plan: BadSections;
    readonly volume: Volume;
  },
): Mixture {
  const good = (step: 1 | -1) => {
    let at = section + step;
    while (bad.has(at)) at += step;
    return at >= 0 && at < depth ? at : undefined;
  };
  const before = good(-1), behind = good(1);
  if (
    policy === "interpolate" && before !== undefined && behind !== undefined
  ) {
    const share = (section - before) / (behind - before);
    return [
      { section: before, share: 1 - share },
      { section: behind, share },
    ];
  }
  const isNearerBefore = before !== undefined &&
    (behind === undefined || section - before <= behind - section);
  const nearest = (isNearerBefore ? before : behind)!;
  return [{
    section: policy === "replace" ? by ?? nearest : nearest,
    share: 1,
  }];
}

const found: z.ZodType<readonly BadSection[]> = z.array(z.strictObject({
  section: z.int().min(0),
  why: z.enum(["missing", "of low contrast", "unlike its neighbours"]),
}));

/** About so many voxels are looked at in half a second. */
const quicklyRead = 1 << 24;

/** What detection finds, found once for equal data. */
function detected(
  volume: Volume,
  place: SourceContext,
): readonly BadSection[] {
  const { origin, shapeVox, inputs } = volume;
  const find = () => detectBadSections(volume);
  if (origin?.isMade) return find();
  return foundOnce(place, {
    kind: "sections",
    key: {
      form: 1,
      ...{ origin, shapeVox },
      files: inputs.map(({ sha256 }) => sha256),
    },
    schema: found,
    find,
    slow: sizeOf(shapeVox) > quicklyRead && {
      what: "bad sections to be found",
      where: place.where,
    },
  });
}
