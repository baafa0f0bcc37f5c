import { ExperimentError, nearestName } from "@/core/mod.ts";

/** The run that a command is about. */
export const runPlace = {
  name: "RUN",
  summary: "the run: its id, the beginning of it, last, NAME or NAME@best",
} as const;

/** What the names of pages end with. */
export const pageEndings = [".html", ".htm"] as const;

/** What the names of HDF5 files end with. */
export const hdf5Endings = [".hdf", ".h5", ".hdf5"] as const;

/** Where records are kept. */
export const resultsOption = {
  results: {
    value: "FOLDER",
    summary: "folder of the records; CLEFT_RESULTS or results/ by default",
  },
} as const;

/** Where data is found. */
export const dataOption = {
  "data-root": {
    value: "FOLDER",
    isRepeatable: true,
    summary: "folder to look for data in, before CLEFT_DATA and data/",
  },
} as const;

/** For commands that train. */
export const boardOption = {
  tensorboard: {
    value: "FOLDER",
    path: "outputFolder",
    summary:
      "show the run to a TensorBoard that watches this folder, as it goes",
  },
} as const;

/** For commands that write a page. */
export const openOption = {
  open: { summary: "open the page in the browser" },
} as const;

/** For commands that write what the user names. */
export const forceOption = {
  force: { summary: "write over a file that Cleft did not make" },
} as const;

/** Which part of a volume is meant. */
export const regionOption = {
  region: {
    value: "BOUNDS",
    summary: "the part of it, such as '{ z: [0, 16], y: [32, 192] }'",
  },
} as const;

/** The HDF5 file that a command writes. */
export const hdf5OutputOption = {
  output: {
    value: "FILE",
    path: "output",
    endings: hdf5Endings,
    summary: "the HDF5 file to write",
  },
} as const;

/** For commands that take something away, and say first what. */
export const yesOption = {
  yes: { summary: "do it; without, it only says what it would do" },
} as const;

/** For commands that read a prediction. */
export const datasetOption = {
  dataset: {
    value: "NAME",
    summary: "the prediction's dataset, where it has another name",
  },
} as const;

/** Output for programs. */
export const jsonOption = {
  json: { summary: "print JSON instead of text" },
} as const;

/** What changes an experiment for one run. */
export const overrideOptions = {
  set: {
    value: "PATH=VALUE",
    isRepeatable: true,
    summary: "set a value of the experiment, such as loss.terms[1].weight=2",
  },
  seed: { value: "N", summary: "set the seed" },
} as const;

/** Which variants of a matrix are meant. */
export const selectOptions = {
  only: {
    value: "AXIS=VALUE",
    isRepeatable: true,
    summary: "of a matrix, only these variants, such as loss=dice",
  },
  part: {
    value: "I/N",
    summary: "of a matrix, every N-th variant from the I-th, such as 2/4",
  },
} as const;

/**
 * An option's value as a whole number, of at least 0 if nothing else is said.
 *
 * @throws {ExperimentError} If it is none.
 */
export function wholeNumber(
  text: string | undefined,
  option: string,
  { low = 0, high = Number.MAX_SAFE_INTEGER }: {
    readonly low?: number;
    readonly high?: number;
  } = {},
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new ExperimentError(
    `Cannot use "${text}" for --${option}: it should be a whole number of ` +
      `at least ${low} and at most ${high}`,
    {
      where: `--${option} ${text}`,
      fix: `Write a number such as ${Math.min(high, low + 7)}`,
    },
  );
}

/**
 * An option's value as a number from `low` to `high`.
 *
 * @throws {ExperimentError} If it is none.
 */
export function numberWithin(
  text: string | undefined,
  option: string,
  { low, high }: { low: number; high: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && value >= low && value <= high) return value;
  throw new ExperimentError(
    `Cannot use "${text}" for --${option}: it should be a number from ${low} to ${high}`,
    {
      where: `--${option} ${text}`,
      fix: `Write a number such as ${(low + high) / 2}`,
    },
  );
}

/**
 * An option's value as one of some words, the first one where it is not given.
 *
 * @throws {ExperimentError} If it is another.
 */
export function oneOf<Word extends string>(
  text: string | undefined,
  { option, words }: {
    readonly option: string;
    readonly words: readonly Word[];
  },
): Word {
  const found = words.find((word) => word === (text ?? words[0]));
  if (found !== undefined) return found;
  const near = nearestName(text!, words);
  throw new ExperimentError(
    `Cannot use "${text}" for --${option}: it should be ${words.join(" or ")}`,
    { where: `--${option} ${text}`, fix: `Write ${near ?? words[0]}` },
  );
}

/**
 * An option that a command cannot do without.
 *
 * @throws {ExperimentError} If it was not given.
 */
export function required(text: string | undefined, option: string): string {
  if (text !== undefined && text !== "") return text;
  throw new ExperimentError(`Cannot begin: --${option} is missing`, {
    where: "the command line",
    fix: `Add --${option}; --help tells what it is`,
  });
}
