import { deepStrictEqual, match, notStrictEqual, rejects } from "node:assert";
import { join } from "node:path";
import type { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { hdf5Library } from "../_library.ts";
import { openHdf5 } from "../file.ts";

const texts = ["alpha", "beta", "", "x".repeat(200)];

/** Writes texts of any length; the bytes of the file. */
async function write(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const h5 = await hdf5Library();
  const file = new h5.File(path, "w");
  file.create_dataset({ name: "t", data: texts, shape: [4], dtype: "S" });
  file.close();
  return Deno.readFileSync(path);
}

async function read(path: string) {
  using file = await openHdf5(path);
  return file.table("t")!.values;
}

Deno.test("faultOfTexts() finds what HDF5 would not come back from, and a library that broke down is replaced", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "a.h5"), bytes = await write(path);
    deepStrictEqual(await read(path), texts);
    const heap = new TextDecoder("latin1").decode(bytes).indexOf("GCOL");
    const list = heap - 16 * texts.length; // length, address and number of each
    const said = async (at: number, ...values: readonly number[]) => {
      const damaged = join(folder, "b.h5"), changed = bytes.slice();
      changed.set(values, at);
      Deno.writeFileSync(damaged, changed);
      let text = "";
      await rejects(read(damaged), (error: ExperimentError) => {
        text = error.message;
        return true;
      });
      return text;
    };
    match(
      await said(list + 3, 0x80),
      /a text of 2147483653 bytes in a file of/,
    );
    const asWritten = /the heap of its texts is not as it was written/;
    match(await said(heap + 16, 0), asWritten); // a hole in the middle
    match(await said(heap + 24, 0xff, 0xff), asWritten); // beyond its end
    match(await said(heap, 0x20), asWritten);

    const before = await hdf5Library(), { error } = console;
    const printed: unknown[] = [];
    console.error = (...words) => printed.push(words);
    try {
      match(
        await said(list + 15, 0x80),
        /damaged \(HDF5 breaks down over it\)$/,
      );
    } finally {
      console.error = error;
    }
    notStrictEqual(await hdf5Library(), before);
    deepStrictEqual(await read(path), texts);
    deepStrictEqual(printed, []);
  }));
