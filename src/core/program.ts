/**
 * What to set in the environment of another program: paths of libraries to
 * nothing. With one of them, Deno starts only programs of those who may do
 * everything, as it would lend them any code; clusters and conda set them.
 */
export function programEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(Deno.env.toObject())
      .filter((name) => /^(LD|DYLD)_/.test(name))
      .map((name) => [name, ""]),
  );
}

/** Whether this process may start a program. */
export function mayRun(program: string): boolean {
  const { state } = Deno.permissions.querySync({
    name: "run",
    command: program,
  });
  return state === "granted";
}

/** Whether this process may load native libraries. */
export function mayLoadLibraries(): boolean {
  return Deno.permissions.querySync({ name: "ffi" }).state === "granted";
}
