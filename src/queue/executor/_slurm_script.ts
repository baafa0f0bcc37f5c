import { dirname, join } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";

/** What a file with the user's own script is called. */
const scriptName = "slurm.sbatch";

/** The script where the user has none. */
const plainScript = '#!/bin/bash\nexec "$@"\n';

/** Where the user's script may be. */
export interface ScriptPlace {
  /** One that was named. */
  readonly template: string | undefined;
  /** The experiment file, beside which one may lie. */
  readonly file: string | null;
  /** The folder of the user's settings; null if nothing tells. */
  readonly settings: string | null;
}

/**
 * The batch script of a job: the one that is named, that beside the experiment,
 * the user's, else a plain one. It is a script as any, which ends by becoming
 * the command that it is given; so nothing in it has to be filled in or quoted.
 *
 * @throws {ExperimentError} If one is named and is not there, or it does not end so.
 */
export function scriptText({ template, file, settings }: ScriptPlace): string {
  const places = template !== undefined
    ? [template]
    : [file && dirname(file), settings]
      .flatMap((folder) => folder === null ? [] : [join(folder, scriptName)]);
  const path = places.find((place) => statIfThere(place)?.isFile);
  if (path === undefined) {
    if (template === undefined) return plainScript;
    throw new ExperimentError(`Cannot read "${template}": it is not there`, {
      where: "the template of --executor",
      fix: "Name a batch script, or leave it out",
    });
  }
  const text = Deno.readTextFileSync(path);
  const last = text.trimEnd().split("\n").at(-1)!;
  if (text.startsWith("#!") && /^\s*exec\s.*"\$@"\s*$/.test(last)) return text;
  throw new ExperimentError(
    `Cannot use "${path}": it does not end by becoming the task`,
    {
      where: `its last line: ${last}`,
      fix: 'Begin it with #!/bin/bash and end it with exec "$@", so that the ' +
        "signals of Slurm reach Cleft",
    },
  );
}

/** The folder of the user's settings; null if nothing tells where that is. */
export function settingsFolder(
  variable: (name: string) => string | undefined,
): string | null {
  const shared = variable("XDG_CONFIG_HOME"), home = variable("HOME");
  if (shared) return join(shared, "cleft");
  return home ? join(home, ".config", "cleft") : null;
}
