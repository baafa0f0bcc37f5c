import { join } from "node:path";

/** Does something with a new folder, which is then removed. */
export async function inTemporaryFolder<T>(
  body: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-test-" });
  try {
    return await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A folder that is removed in the end. */
export function testFolder(): { path(name: string): string } & Disposable {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-test-" });
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}
