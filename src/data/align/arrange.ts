import {
  type AlignedFrame,
  alignedVolume,
  alignedWindow,
  copyShared,
  estimateDefaults,
} from "@/align/mod.ts";
import {
  type Box,
  ExperimentError,
  mapZyx,
  type Origin,
  type Volume,
  type WayBack,
  wholeBox,
} from "@/core/mod.ts";
import { findBadSections, mended } from "../bad_section/mod.ts";
import type { Source, SourceContext } from "../source/_source.ts";
import { findFile } from "../source/find_file.ts";
import { hashInput } from "../source/hash_input.ts";
import { regionBox } from "../volume/region.ts";
import type { ArrangeOptions } from "./arrange_options.ts";
import type { Crack } from "./crack.ts";
import { estimatedPlaces } from "./estimated_places.ts";
import { layFrame, type Movement, noContext } from "./lay_frame.ts";
import { mendedCracks, tornAgain } from "./mended_cracks.ts";
import { namedCracks } from "./named_cracks.ts";
import { readShiftFile } from "./read_shift_file.ts";

/**
 * A source whose sections are aligned, with context around what is worked on:
 * labels are known in the block alone, and predictions have a way back to it. As
 * it is if the options say nothing.
 */
export function arranged(source: Source, options: ArrangeOptions): Source {
  const { align, context, blockVox, badSections } = options;
  if (!align && !context && !blockVox && !badSections) return source;
  return {
    async open(place) {
      using opened = new DisposableStack();
      const volume = opened.use(await source.open(place));
      const result = await arrange(volume, { ...options, place });
      opened.move();
      return result;
    },
  };
}

async function arrange(
  source: Volume,
  { blockVox, align, place, badSections, ...options }: ArrangeOptions & {
    readonly place: SourceContext;
  },
): Promise<Volume> {
  const { where } = place, { context = noContext } = options;
  const labelled = align || options.context
    ? source.labelledBox?.()
    : undefined;
  const block = blockVox
    ? regionBox({ regionVox: blockVox }, {
      grid: source,
      where: `${where}.source`,
    })
    : labelled ?? wholeBox(source.shapeVox);
  const { movement, inputs, notes } = await movementOf(source, {
    align,
    place,
    pixels: context.pixels,
    block,
  });
  const frame = layFrame({
    sourceVox: source.shapeVox,
    ...{ block, context, movement },
    rounding: align?.rounding ?? "away",
    where: `${where}.source`,
  });
  const aligned = alignedVolume(source, frame);
  const { origin } = source;
  const placed: Volume = {
    ...aligned,
    inputs: [...source.inputs, ...inputs],
    origin: origin && arrangedOrigin(origin, { frame, block }),
    read: (box) => knownInside(aligned.read(box), { box, frame, block }),
  };
  const bad = badSections && findBadSections(placed, { ...badSections, place });
  const cracks = await namedCracks(placed, {
    named: align?.cracks,
    bad: bad?.sections,
    ...{ source, frame, place },
  });
  const whole: Volume = {
    ...mendedCracks(placed, { ...cracks, frame, where: `${where}.source` }),
    inputs: [...placed.inputs, ...cracks.inputs],
    notes: [...source.notes ?? [], ...notes, ...cracks.notes],
    wayBack: wayBack(source, {
      ...{ frame, block, cracks: cracks.cracks },
      copies: copiesOf(badSections, { block, where: `${where}.source` }),
    }),
  };
  if (!badSections || !bad) return whole;
  const isTogether = new Set(cracks.cracks.map(({ section }) => section));
  return mended(whole, {
    ...{ ...bad, policy: badSections.policy, where: `${where}.source` },
    detected: bad.detected.filter(({ section }) => !isTogether.has(section)),
  });
}

/** Which voxels of its data each section is made of now. */
function arrangedOrigin(
  origin: Origin,
  { frame, block }: { readonly frame: AlignedFrame; readonly block: Box },
): Origin {
  const [z0, y0, x0] = origin.startVox, { firstSection } = frame;
  return {
    ...origin,
    startVox: [
      z0 + firstSection,
      y0 + frame.origin[0],
      x0 + frame.origin[1],
    ],
    cornersVox: frame.corners.map(([y, x], z) => {
      const [top, left] = origin.cornersVox?.[firstSection + z] ?? [y0, x0];
      return [top + y, left + x] as const;
    }),
    block: origin.cornersVox ? origin.block ?? block : {
      ...block,
      startVox: mapZyx((a) => origin.startVox[a] + block.startVox[a]),
    },
  };
}

/** By what sections are moved, and the files that say so. */
async function movementOf(
  source: Volume,
  { align, place, block, pixels }: {
    readonly align: ArrangeOptions["align"];
    readonly place: SourceContext;
    readonly block: Box;
    readonly pixels: number;
  },
): Promise<{
  movement: Movement;
  inputs: Volume["inputs"];
  notes: readonly string[];
}> {
  const notes: string[] = [];
  if (!align?.shifts && !align?.estimate) {
    return { movement: { by: "nothing" }, inputs: [], notes };
  }
  if (align.shifts === undefined) {
    const { driftSections = estimateDefaults.driftSections } = align;
    const { shapeVox, origin } = source;
    const files = source.inputs.map(({ sha256 }) => sha256);
    const estimate = (firstSection: number, sections: number) =>
      estimatedPlaces({
        shapeVox,
        data: { origin, files },
        read: (box) => source.read(box).image,
      }, {
        ...{ firstSection, sections, block, marginVox: pixels },
        options: { ...estimateDefaults, driftSections },
        place,
        note: (line) => notes.push(line),
      });
    return { movement: { by: "estimate", estimate }, inputs: [], notes };
  }
  const path = await findFile(align.shifts, place);
  const where = `${place.where} (${path})`;
  const { checkUnchanged, ...input } = await hashInput(path, {
    cacheFolder: place.cacheFolder,
    where,
  });
  const { steps } = await readShiftFile(path, {
    columns: align.columns,
    where,
  });
  checkUnchanged();
  const { firstSection } = align;
  return {
    movement: { by: "table", steps, firstSection, where },
    inputs: [input],
    notes,
  };
}

/** A patch of a rearranged volume, its labels known in the block alone. */
function knownInside(
  patch: ReturnType<Volume["read"]>,
  { box, frame, block }: {
    readonly box: Box;
    readonly frame: AlignedFrame;
    readonly block: Box;
  },
): ReturnType<Volume["read"]> {
  const { target, mask } = patch;
  const [depth, height, width] = box.shapeVox;
  const isWithin = (place: number, axis: 0 | 1 | 2) =>
    place >= block.startVox[axis] &&
    place < block.startVox[axis] + block.shapeVox[axis];
  for (let z = 0, i = 0; z < depth; z++) {
    const section = box.startVox[0] + z;
    const [top, left] = frame.corners[section]!;
    const isIn = isWithin(frame.firstSection + section, 0);
    for (let y = 0; y < height; y++) {
      const isRow = isIn && isWithin(top + box.startVox[1] + y, 1);
      for (let x = 0; x < width; x++, i++) {
        if (isRow && isWithin(left + box.startVox[2] + x, 2)) continue;
        target[i] = 0;
        mask[i] = 0;
      }
    }
  }
  return patch;
}

/** The sections of a prediction that get that of another one. */
function copiesOf(
  badSections: ArrangeOptions["badSections"],
  { block: { shapeVox: [depth] }, where }: {
    readonly block: Box;
    readonly where: string;
  },
): ReadonlyMap<number, number> {
  const copies = (badSections?.copyPredictions ?? []).map((one) =>
    typeof one === "number" ? [one, one - 1] as const : one
  );
  const bad = copies.flat().find((section) => section < 0 || section >= depth);
  if (bad === undefined) return new Map(copies);
  throw new ExperimentError(
    `Cannot copy the prediction of section ${bad}: there are ${depth}, from 0 on`,
    {
      where: `${where}.badSections.copyPredictions`,
      fix: "Name a section that has one before it, or a pair of sections",
    },
  );
}

function wayBack(
  original: Volume,
  { frame, block, cracks, copies }: {
    readonly frame: AlignedFrame;
    readonly block: Box;
    readonly cracks: readonly Crack[];
    readonly copies: ReadonlyMap<number, number>;
  },
): WayBack {
  const [, height, width] = block.shapeVox, [z0, y0, x0] = block.startVox;
  return {
    ...{ original, block, copies },
    section(z, map) {
      const inBlock = frame.firstSection + z - z0;
      if (inBlock < 0 || inBlock >= block.shapeVox[0]) return null;
      const voxels = new Float32Array(height * width);
      const crack = cracks.find(({ section }) => section === z);
      const voxelsThere = tornAgain(map, crack);
      copyShared({ ...alignedWindow(frame, z), voxels: voxelsThere }, {
        startVox: [y0, x0],
        shapeVox: [height, width],
        voxels,
      });
      return voxels;
    },
  };
}
