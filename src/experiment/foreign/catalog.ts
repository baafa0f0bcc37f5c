import { ExperimentError } from "@/core/mod.ts";
import { mlflowDatabase } from "./mlflow_database.ts";
import { mlflowFiles } from "./mlflow_files.ts";
import { tensorboard } from "./tensorboard.ts";
import type { ForeignSource } from "./_source.ts";

/** Every form of other programs that runs are imported from; add a line for another one. */
export const foreignSources: readonly ForeignSource[] = [
  mlflowFiles,
  mlflowDatabase,
  tensorboard,
];

/**
 * The form in which runs lie at a path.
 *
 * @throws {ExperimentError} If it is none that is known.
 */
export function foreignSourceAt(path: string): ForeignSource {
  Deno.statSync(path); // or says that nothing is there
  const source = foreignSources.find((source) => source.holds(path));
  if (source) return source;
  const forms = foreignSources.map(({ summary }) => `no ${summary}`);
  throw new ExperimentError(
    `Cannot find runs in "${path}": ${forms.join(", ")}`,
    {
      where: path,
      fix:
        "Name a folder mlruns, a file mlflow.db, or a folder of TensorBoard's",
    },
  );
}
