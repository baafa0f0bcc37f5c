import { deepStrictEqual, rejects } from "node:assert";
import { join } from "node:path";
import { sha256Hex } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { makeZip } from "@test/engine/make_zip.ts";
import { assertEquals } from "@test/helpers.ts";
import { listZip, unzipEntry } from "./zip.ts";

const text = new TextEncoder().encode("cleft ".repeat(100_000));
const plain = Uint8Array.of(1, 2, 3);

/** An archive of two files in a folder of its own. */
async function archiveIn(folder: string): Promise<string> {
  const path = join(folder, "a.zip");
  await Deno.writeFile(
    path,
    makeZip([
      { path: "deep/text.txt", content: text },
      { path: "plain.bin", content: plain, isStored: true },
    ]),
  );
  return path;
}

Deno.test("unzipEntry() restores deflated and stored files", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = await archiveIn(folder);
    using file = await Deno.open(path);
    const entries = await listZip(file);
    deepStrictEqual(entries.map((e) => e.path), ["deep/text.txt", "plain.bin"]);
    for (const [i, content] of [text, plain].entries()) {
      const target = join(folder, "out", entries[i]!.path);
      const sha256 = await unzipEntry(path, { entry: entries[i]!, target });
      assertEquals(sha256, sha256Hex(content));
      deepStrictEqual(await Deno.readFile(target), content);
    }
  });
});

Deno.test("unzipEntry() notices damage", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = await archiveIn(folder);
    using file = await Deno.open(path);
    const [entry] = await listZip(file);
    const bytes = await Deno.readFile(path);
    bytes.fill(0, 45, 200); // inside the first file's data
    await Deno.writeFile(path, bytes);
    await rejects(
      unzipEntry(path, { entry: entry!, target: join(folder, "x") }),
    );
  });
});

Deno.test("listZip() refuses what is no archive", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "a.zip");
    await Deno.writeFile(path, text);
    using file = await Deno.open(path);
    await rejects(listZip(file), /it has no end record/);
  });
});
