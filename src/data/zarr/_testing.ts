import { dirname, join } from "node:path";
import type { Zyx } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";

/** A hierarchy as zarr-python wrote it; see test/fixtures/zarr/make.py. */
interface Hierarchy {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

const hierarchies = new URL(
  "../../../test/fixtures/zarr/hierarchies.jsonl",
  import.meta.url,
);

/** Does something with a hierarchy of the fixtures in a folder of its own. */
export function withHierarchy<Result>(
  name: string,
  body: (path: string) => Result | Promise<Result>,
): Promise<Result> {
  const lines = Deno.readTextFileSync(hierarchies).trim().split("\n");
  const { files } = lines.map((line): Hierarchy => JSON.parse(line))
    .find((one) => one.name === name)!;
  return inTemporaryFolder((folder) => {
    const root = join(folder, "x.zarr");
    for (const [path, text] of Object.entries(files)) {
      const to = join(root, path);
      Deno.mkdirSync(dirname(to), { recursive: true });
      Deno.writeFileSync(to, Uint8Array.fromBase64(text));
    }
    return body(root);
  });
}

/** The voxel of every array of the fixtures. */
export function voxelAt([z, y, x]: Zyx): number {
  return 50 * z + 7 * y + x;
}
