import { deepStrictEqual } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { type Inventory, readInventory, writeInventory } from "./ready.ts";

const inventory: Inventory = {
  wheels: { "a.whl": "00" },
  files: [{ path: "lib.so", bytes: 3, sha256: "11" }],
};

Deno.test("readInventory() believes a build that is whole, and no other", async () => {
  const folder = await Deno.makeTempDir(), library = join(folder, "lib.so");
  assertEquals(readInventory(folder), null);
  writeInventory(folder, inventory);
  assertEquals(readInventory(folder), null, "without its file");
  await Deno.writeFile(library, new Uint8Array(2));
  assertEquals(readInventory(folder), null, "with its file cut short");
  await Deno.writeFile(library, new Uint8Array(3));
  deepStrictEqual(readInventory(folder), inventory);
  await Deno.writeTextFile(join(folder, "ready.json"), "{");
  assertEquals(readInventory(folder), null, "with a damaged inventory");
  await Deno.remove(folder, { recursive: true });
});
