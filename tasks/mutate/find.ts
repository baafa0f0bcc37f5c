import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Change } from "./changes.ts";

/** A change of a file, told by the paths and lines of who reads about it. */
export interface Mutation extends Change {
  /** Path from the project's folder on. */
  readonly path: string;
  /** From 1 on. */
  readonly line: number;
}

/** Every mutation there is of some files and of what is in some folders. */
export async function findMutations(
  paths: readonly string[],
  folder: string,
): Promise<readonly Mutation[]> {
  const config = Deno.makeTempFileSync({ suffix: ".json" });
  try {
    const plugin = fileURLToPath(
      new URL("../mutation_plugin.ts", import.meta.url),
    );
    const rules = { tags: [], include: ["mutate/changes"] };
    Deno.writeTextFileSync(
      config,
      JSON.stringify({ lint: { plugins: [plugin], rules } }),
    );
    const files = paths.flatMap((path) => sourcesAt(path, folder));
    if (files.length === 0) return [];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["lint", "--json", "--config", config, ...files],
      cwd: folder,
    }).output();
    const said = new TextDecoder().decode(stdout);
    if (said === "") throw new Error(new TextDecoder().decode(stderr));
    const { diagnostics, errors } = JSON.parse(said) as Findings;
    if (errors.length > 0) throw new Error(errors[0]!.message);
    return diagnostics.map(({ filename, range, hint }) => ({
      path: fileURLToPath(filename).slice(folder.length + 1),
      line: range.start.line,
      ...JSON.parse(hint) as Change,
    }));
  } finally {
    Deno.removeSync(config);
  }
}

/** What `deno lint --json` writes, as far as it is used. */
interface Findings {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly hint: string;
  }[];
  readonly errors: readonly { readonly message: string }[];
}

/** The sources at a path, tests and what they share left aside. */
function sourcesAt(path: string, folder: string): readonly string[] {
  if (Deno.statSync(join(folder, path)).isFile) {
    return /(?<![_/]test(ing)?)\.tsx?$/.test(path) ? [path] : [];
  }
  return [...Deno.readDirSync(join(folder, path))]
    .flatMap(({ name }) => sourcesAt(join(path, name), folder)).sort();
}
