import assert from "node:assert";
import { join } from "node:path";
import { sha256Hex } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { hashInput } from "./hash_input.ts";

function inFolder(body: (path: string, cache: string) => Promise<void>) {
  return inTemporaryFolder((folder) =>
    body(join(folder, "input.bin"), join(folder, "cache"))
  );
}

const recalled = "0".repeat(64);

/** Changes the cache's entry, to see whether it is believed. */
function forge(cache: string, change: (text: string) => string): void {
  const [entry] = [...Deno.readDirSync(join(cache, "hashes"))];
  const path = join(cache, "hashes", entry!.name);
  Deno.writeTextFileSync(path, change(Deno.readTextFileSync(path)));
}

Deno.test("hashInput() recalls the hash of a file that is as it was", () =>
  inFolder(async (path, cache) => {
    Deno.writeTextFileSync(path, "abc");
    const first = await hashInput(path, { cacheFolder: cache });
    assertEquals(first.sha256, sha256Hex("abc"));
    // Too young to be remembered: the clock of the file system may be coarse.
    assert.throws(() => Deno.statSync(cache), Deno.errors.NotFound);
    await new Promise((resolve) => setTimeout(resolve, 3050));
    await hashInput(path, { cacheFolder: cache });
    forge(cache, (text) => text.replace(/[0-9a-f]{64}/, recalled));
    assertEquals(
      (await hashInput(path, { cacheFolder: cache })).sha256,
      recalled,
    );
    forge(cache, () => "{ broken");
    assertEquals(
      (await hashInput(path, { cacheFolder: cache })).sha256,
      sha256Hex("abc"),
    );
    // Same size, other content: the times tell.
    forge(cache, (text) => text.replace(/[0-9a-f]{64}/, recalled));
    Deno.writeTextFileSync(path, "xyz");
    assertEquals(
      (await hashInput(path, { cacheFolder: cache })).sha256,
      sha256Hex("xyz"),
    );
  }));

Deno.test("hashInput() does without a cache that cannot be used", () =>
  inFolder(async (path, cache) => {
    Deno.writeTextFileSync(path, "abc");
    Deno.writeTextFileSync(cache, "no folder");
    await new Promise((resolve) => setTimeout(resolve, 3050)); // to be remembered
    assertEquals(
      (await hashInput(path, { cacheFolder: cache })).sha256,
      sha256Hex("abc"),
    );
  }));

Deno.test("checkUnchanged() notices another size", () =>
  inFolder(async (path, cache) => {
    Deno.writeTextFileSync(path, "abc");
    const input = await hashInput(path, { cacheFolder: cache });
    input.checkUnchanged();
    Deno.writeTextFileSync(path, "abcd");
    assert.throws(() => input.checkUnchanged(), /changed while it was read/);
  }));
