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
