import { dirname, join } from "node:path";

/** A folder with some files, which goes when it is no longer used. */
export function folderWith(
  files: Readonly<Record<string, string>>,
): Disposable & { readonly folder: string } {
  const folder = Deno.realPathSync(
    Deno.makeTempDirSync({ prefix: "cleft-mutate-" }),
  );
  for (const [path, text] of Object.entries(files)) {
    Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
    Deno.writeTextFileSync(join(folder, path), text);
  }
  return {
    folder,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}
