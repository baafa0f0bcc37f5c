import { ExperimentError } from "@/core/mod.ts";
import type { AlignRequest, CrackSource } from "@/data/mod.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import { numberWithin, oneOf, regionOption, wholeNumber } from "./_options.ts";
import type { Outputs } from "./_outputs.ts";

/** The file that is aligned. */
export const alignedPlace = {
  name: "FILE",
  summary: "the volume, HDF5 in CREMI layout",
  path: "input",
} as const;

/** By what sections are moved, as `align forward` takes it. */
export const shiftOptions = {
  shifts: {
    value: "TABLE",
    path: "input",
    summary: "text file: how far each section has to go against the one before",
  },
  estimate: { summary: "estimate the shifts from the grey values instead" },
  columns: {
    value: "ORDER",
    summary: "of the table: yx (default), or xy as CREMI's winners have it",
  },
  "first-section": {
    value: "N",
    summary: "section of the volume that the table's first line is of",
  },
  rounding: {
    value: "HOW",
    summary: "of halves: away from 0 as MATLAB does (default), or to even",
  },
  drift: {
    value: "N",
    summary:
      "of what is estimated, take away what lasts longer than N sections",
  },
} as const;

/** What a volume is aligned by, and how much of it. */
export const alignOptions = {
  ...shiftOptions,
  region: {
    ...regionOption.region,
    summary: "what each section holds whole; what is labelled by default",
  },
  context: {
    value: "S,P",
    summary:
      "sections and pixels kept around it, such as 14,200; 0,0 by default",
  },
  cracks: {
    value: "HOW",
    summary:
      "put torn sections together: detect, or a file of masks of their parts",
  },
} as const;

/**
 * Reads what a volume is aligned by.
 *
 * @throws {ExperimentError} If that cannot be.
 */
export async function alignRequest(
  file: string,
  { options, outputs, context }: {
    readonly options: ShiftOptions & {
      readonly region?: string | undefined;
      readonly context?: string | undefined;
      readonly cracks?: string | undefined;
    };
    readonly outputs: Outputs;
    readonly context: CommandContext;
  },
): Promise<Omit<AlignRequest, "output">> {
  const cracks = cracksOf(options.cracks, context);
  if (cracks?.by === "masks") outputs.addInputs([cracks.path]);
  const { readRegion } = await import("@/experiment/mod.ts");
  const { cacheFolder } = await import("@/engine/mod.ts");
  return {
    path: pathOf(file, context),
    ...await shiftsOf(options, context),
    ...(options.region !== undefined &&
      { region: { regionVox: readRegion(options.region) } }),
    context: contextOf(options.context),
    cracks,
    cacheFolder: cacheFolder(),
    signal: context.signal,
    notify: context.note,
  };
}

/** What the options say. */
export interface ShiftOptions {
  readonly shifts?: string | undefined;
  readonly estimate: boolean;
  readonly columns?: string | undefined;
  readonly "first-section"?: string | undefined;
  readonly rounding?: string | undefined;
  readonly drift?: string | undefined;
}

/**
 * Reads by what sections are moved.
 *
 * @throws {ExperimentError} If that is said neither or both ways, or the table
 * is none.
 */
export async function shiftsOf(
  options: ShiftOptions,
  context: CommandContext,
): Promise<Pick<AlignRequest, "shifts" | "rounding">> {
  const rounding = oneOf(options.rounding, {
    option: "rounding",
    words: ["away", "even"],
  });
  const columns = oneOf(options.columns, {
    option: "columns",
    words: ["yx", "xy"],
  });
  const firstSection = wholeNumber(options["first-section"], "first-section");
  const drift = numberWithin(options.drift, "drift", { low: 1, high: 1e6 });
  if (options.estimate === (options.shifts !== undefined)) {
    throw new ExperimentError(
      options.estimate
        ? "Cannot both estimate shifts and take them from a table"
        : "Cannot align without shifts",
      {
        where: "the command line",
        fix: "Give either --shifts TABLE or --estimate",
      },
    );
  }
  if (options.shifts === undefined) {
    refuseBeside("--estimate", {
      columns: options.columns,
      "first-section": firstSection,
    });
    const shifts = { reach: 2, driftSections: drift ?? null };
    return { shifts, rounding };
  }
  refuseBeside("--shifts", { drift });
  const { readShiftFile } = await import("@/data/mod.ts");
  const read = await readShiftFile(pathOf(options.shifts, context), {
    columns,
    where: `--shifts ${options.shifts}`,
  });
  return { shifts: { ...read, firstSection }, rounding };
}

function refuseBeside(
  option: string,
  others: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined) continue;
    throw new ExperimentError(`Cannot use --${name} beside ${option}`, {
      where: "the command line",
      fix: `Leave out --${name}`,
    });
  }
}

function cracksOf(
  text: string | undefined,
  context: CommandContext,
): CrackSource | undefined {
  if (text === undefined) return undefined;
  return text === "detect"
    ? { by: "detect" }
    : { by: "masks", path: pathOf(text, context), where: `--cracks ${text}` };
}

function contextOf(text: string | undefined) {
  if (text === undefined) return { sections: 0, pixels: 0 };
  const [sections, pixels, ...more] = text.split(",").map((part) =>
    /^\s*\d{1,6}\s*$/.test(part) ? Number(part) : NaN
  );
  if (more.length === 0 && sections! >= 0 && pixels! >= 0) {
    return { sections: sections!, pixels: pixels! };
  }
  throw new ExperimentError(
    `Cannot use "${text}" for --context: it should be two whole numbers`,
    {
      where: `--context ${text}`,
      fix: "Write how many sections and how many pixels, such as 14,200",
    },
  );
}
