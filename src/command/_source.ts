import { type Entry, ExperimentError, shellQuote } from "@/core/mod.ts";
import type { DataPlace, RunContext } from "@/experiment/mod.ts";
import type { CommandContext } from "./_context.ts";
import { required } from "./_options.ts";

/** A volume of any kind, as an experiment names it. */
export const sourceOption = {
  source: {
    value: "ENTRY",
    summary: "a volume of another kind, such as '{ type: main, raw: a.hdf }'",
  },
} as const;

/** A volume that a command line names. */
export interface NamedSource {
  /** The entry of the source catalog. */
  readonly source: Entry;
  /** What names it, for errors. */
  readonly where: string;
}

/**
 * The volume that a file in CREMI layout, a folder of Zarr or N5, or a `--source`
 * names.
 *
 * @param option The option that takes a file.
 * @throws {ExperimentError} If neither or both are given, or it is no source.
 */
export async function namedSource<Option extends string>(
  options:
    & { readonly [Name in Option]?: string | undefined }
    & { readonly source?: string | undefined },
  option: Option,
): Promise<NamedSource> {
  const file: string | undefined = options[option];
  if (options.source === undefined) {
    const { formByName, sources } = await import("@/data/mod.ts");
    if (file === undefined) throw noSource(option);
    const path = required(file, option), form = formByName(path);
    if (form === "tiff") throw noResolution(path, `--${option}`);
    const type = form === "hdf5" ? "cremi" : form;
    return {
      source: sources.schema.parse({ type, file: path }),
      where: `--${option}`,
    };
  }
  if (file !== undefined) {
    throw new ExperimentError(`Cannot use both --${option} and --source`, {
      where: "the command line",
      fix: "Leave out one of the two",
    });
  }
  const { readSource } = await import("@/experiment/mod.ts");
  return { source: readSource(options.source), where: "--source" };
}

function noResolution(path: string, where: string): ExperimentError {
  return new ExperimentError(
    `Cannot use "${path}" by its name: TIFF does not say how large voxels are`,
    {
      where,
      fix: "Say it: --source " +
        shellQuote(`{ type: tiff, file: ${path}, resolutionNm: [40, 4, 4] }`),
    },
  );
}

function noSource(option: string): ExperimentError {
  return new ExperimentError(
    `Cannot begin: neither --${option} nor --source is given`,
    { where: "the command line", fix: `Add --${option} FILE` },
  );
}

/** A place of data that begins with the folder the user is in. */
export function fromHere<Place extends DataPlace | RunContext>(
  place: Place,
  { callerFolder }: CommandContext,
): Place {
  return { ...place, dataRoots: [callerFolder, ...place.dataRoots] };
}
