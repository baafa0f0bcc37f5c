import { join } from "node:path";
import { systemFault, writeAtomically } from "@/core/mod.ts";
import type { Build } from "./build.ts";
import { buildFolder } from "./place.ts";

/** A file of a build. */
export interface BuildFile {
  /** Its path inside the build's folder. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
  /** Its SHA-256. */
  readonly sha256: string;
}

/** What `ready.json` holds, written as the last file of a build. */
export interface Inventory {
  /** The wheels it came from, with their SHA-256. */
  readonly wheels: Readonly<Record<string, string>>;
  /** Its files. */
  readonly files: readonly BuildFile[];
}

/** A build that is there whole. */
export interface Installed {
  /** Where it is. */
  readonly folder: string;
  /** The file that is loaded; what it needs is found from there. */
  readonly libraryPath: string;
  /** What it takes on the disk. */
  readonly bytes: number;
}

const NAME = "ready.json";

/** Says that the build in `folder` is whole. */
export function writeInventory(folder: string, inventory: Inventory): void {
  writeAtomically(join(folder, NAME), JSON.stringify(inventory, null, 2));
}

/** What the build in `folder` consists of, or null unless it is there whole. */
export function readInventory(folder: string): Inventory | null {
  try {
    const { wheels, files }: Inventory = JSON.parse(
      Deno.readTextFileSync(join(folder, NAME)),
    );
    const isWhole = files.every(({ path, bytes }) =>
      Deno.statSync(join(folder, path)).size === bytes
    );
    return isWhole ? { wheels, files } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    const code = systemFault(error)?.code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}

/**
 * Where a build is, or null unless it is there whole and came from the wheels
 * that are pinned now; loads nothing.
 */
export function findInstalled(build: Build): Installed | null {
  const { bill } = build.support(), folder = buildFolder(build);
  const inventory = bill ? readInventory(folder) : null;
  if (!bill || !inventory) return null;
  const isCurrent = bill.wheels.every(({ file, sha256 }) =>
    inventory.wheels[file] === sha256
  );
  if (!isCurrent) return null;
  return {
    folder,
    libraryPath: join(folder, bill.library),
    bytes: inventory.files.reduce((sum, file) => sum + file.bytes, 0),
  };
}
