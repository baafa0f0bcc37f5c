import { join } from "node:path";

const canMount = tryMount();

/** Registers a test with a disk of its own, which needs the right to mount one. */
export function onSmallDisk(
  name: string,
  body: (disk: string) => void | Promise<void>,
  { mebibytes = 3 }: { readonly mebibytes?: number } = {},
): void {
  Deno.test({
    name: canMount ? name : `${name} (skipped: needs the right to mount)`,
    ignore: !canMount,
    fn: () =>
      withDisk(mebibytes, async (disk) => {
        try {
          await body(disk);
        } finally {
          remount("rw", disk);
        }
      }),
  });
}

/** Makes a disk read-only, or writable again. */
export function remount(how: "ro" | "rw", disk: string): void {
  command("mount", "-o", `remount,${how}`, disk);
}

/** Leaves `blocks` free blocks of 4 KiB on a disk; undefined frees all. */
export function fill(disk: string, blocks: number | undefined): void {
  const path = join(disk, "filler");
  if (blocks === undefined) return Deno.removeSync(path);
  using file = Deno.openSync(path, { create: true, write: true });
  file.truncateSync(0);
  const block = new Uint8Array(4096);
  let written = 0;
  try {
    while (true) written += file.writeSync(block);
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOSPC") throw error;
  }
  file.truncateSync(Math.max(0, written - blocks * block.length));
}

async function withDisk(
  mebibytes: number,
  body: (disk: string) => Promise<void>,
): Promise<void> {
  const disk = Deno.makeTempDirSync({ prefix: "cleft-disk-" });
  try {
    if (
      !command(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        `size=${mebibytes}m`,
        "tmpfs",
        disk,
      )
    ) {
      throw new Error("Cannot mount");
    }
    try {
      await body(disk);
    } finally {
      command("umount", disk);
    }
  } finally {
    Deno.removeSync(disk);
  }
}

function tryMount(): boolean {
  if (Deno.build.os !== "linux") return false;
  const disk = Deno.makeTempDirSync({ prefix: "cleft-disk-" });
  const can = command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
  if (can) command("umount", disk);
  Deno.removeSync(disk);
  return can;
}

function command(name: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(name, { args, stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
