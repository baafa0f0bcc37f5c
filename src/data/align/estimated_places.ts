import * as z from "zod";
import {
  type EstimateOptions,
  estimatePlaces,
  type SectionStack,
  type Yx,
} from "@/align/mod.ts";
import {
  type Box,
  ExperimentError,
  foundOnce,
  type SearchPlace,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";

/** Grey values that shifts are estimated from. */
export interface GreySource {
  readonly shapeVox: Zyx;
  /** Equal for equal grey values. */
  readonly data: unknown;
  /** Grey values of a box, from 0 to 1. */
  read(box: Box): Float32Array;
}

/** Which of them. */
interface StackPart {
  readonly firstSection: number;
  readonly sections: number;
  /** The part of each section that counts, and what is seen around it. */
  readonly block: Box;
  readonly marginVox: number;
}

/** About so many voxels are compared in a second. */
const quicklyCompared = 1 << 20;

/** Where sections belong. */
interface Estimated {
  readonly places: readonly Yx[];
  /** Sections that suit no neighbour. */
  readonly unsure: readonly number[];
}

const schema: z.ZodType<Estimated> = z.strictObject({
  places: z.array(z.tuple([z.number(), z.number()]).readonly()),
  unsure: z.array(z.int().min(0)),
});

/**
 * Where sections of a volume belong, estimated once for equal data from the block
 * and what is around it.
 *
 * @throws {ExperimentError} If no section suits another.
 * @throws {NotFoundYet} If it is wanted at once, not known yet and takes long.
 */
export function estimatedPlaces(
  greys: GreySource,
  { options, place, note, ...part }: StackPart & {
    readonly options: EstimateOptions;
    readonly place: SearchPlace & { readonly where: string };
    /** Told which sections suit no neighbour, in a sentence. */
    note(line: string): void;
  },
): readonly Yx[] {
  const { sections } = part, stack = stackOf(greys, part);
  const { places, unsure } = foundOnce(place, {
    kind: "shifts",
    key: {
      form: 2,
      ...{ data: greys.data, part, reach: options.reach },
      // No drift is Infinity, which is no JSON.
      drift: `${options.driftSections}`,
    },
    schema: schema.refine(({ places }) => places.length === sections),
    find() {
      const { places, unsure } = estimatePlaces(stack, options);
      return { places, unsure };
    },
    slow: sizeOf([sections, ...stack.shapeVox]) > quicklyCompared && {
      what: "the shifts of its sections to be estimated",
      where: place.where,
    },
  });
  if (unsure.length === sections && sections > 1) {
    throw new ExperimentError(
      `Cannot estimate shifts: none of ${sections} sections looks like another`,
      {
        where: place.where,
        fix: "Align them by a table, or see whether these are grey values",
      },
    );
  }
  if (unsure.length > 0) {
    const which = unsure.map((section) => section + part.firstSection);
    note(
      `Sections that look like no neighbour are placed by those around: ` +
        which.join(", "),
    );
  }
  return places;
}

/** Sections as shifts are estimated from them. */
function stackOf(
  { shapeVox, read }: GreySource,
  { firstSection, sections, block, marginVox }: StackPart,
): SectionStack {
  const along = (axis: 1 | 2) => {
    const start = Math.max(0, block.startVox[axis] - marginVox);
    const end = Math.min(
      shapeVox[axis],
      block.startVox[axis] + block.shapeVox[axis] + marginVox,
    );
    return { start, extent: end - start };
  };
  const y = along(1), x = along(2);
  return {
    sections,
    shapeVox: [y.extent, x.extent],
    read: (section) =>
      read({
        startVox: [firstSection + section, y.start, x.start],
        shapeVox: [1, y.extent, x.extent],
      }),
  };
}
