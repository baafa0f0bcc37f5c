import { join } from "node:path";
import { writeAtomically } from "@/core/mod.ts";

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
  /** TensorFlow's version. */
  readonly tensorflow: string;
  /** The wheels it came from, with their SHA-256. */
  readonly wheels: Readonly<Record<string, string>>;
  /** Its files. */
  readonly files: readonly BuildFile[];
}

const NAME = "ready.json";

/** Says that the build in `folder` is whole. */
export function writeInventory(folder: string, inventory: Inventory): void {
  writeAtomically(join(folder, NAME), JSON.stringify(inventory, null, 2));
}

/** What the build in `folder` consists of, or null unless it is there whole. */
export function readInventory(folder: string): Inventory | null {
  try {
    const inventory: Inventory = JSON.parse(
      Deno.readTextFileSync(join(folder, NAME)),
    );
    const isWhole = inventory.files.every(({ path, bytes }) =>
      Deno.statSync(join(folder, path)).size === bytes
    );
    return isWhole ? inventory : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
