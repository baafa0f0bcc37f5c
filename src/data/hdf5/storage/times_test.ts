import { deepStrictEqual, throws } from "node:assert/strict";
import { testFolder } from "@test/folder.ts";
import { openHdf5 } from "../file.ts";
import { textValue } from "../table.ts";
import { createHdf5 } from "../write.ts";
import { clearTimes } from "./times.ts";

/** Where object headers of version 2 begin. */
function headersIn(bytes: Uint8Array): number[] {
  const signature = [..."OHDR"].map((letter) => letter.charCodeAt(0));
  return bytes.keys().filter((at) =>
    signature.every((letter, i) => bytes[at + i] === letter)
  ).toArray();
}

Deno.test("clearTimes() leaves no time in a file that is written, which stays sound", async () => {
  using folder = testFolder();
  const path = folder.path("a.hdf");
  {
    using file = await createHdf5(path);
    file.dataset("volumes/raw", { shapeVox: [1, 2, 3] })(
      Uint8Array.of(1, 2, 3, 4, 5, 6),
    );
    file.table("notes/text", { ...textValue("µm"), attributes: {} });
    file.attributes("notes", { by: textValue("us") });
    file.commit();
  }
  const bytes = Deno.readFileSync(path), headers = headersIn(bytes);
  deepStrictEqual(headers.length, 5); // the file, two groups, two datasets
  for (const at of headers) {
    deepStrictEqual(bytes[at + 5]! & 0x20, 0x20, "it has times");
    deepStrictEqual([...bytes.subarray(at + 6, at + 22)], Array(16).fill(0));
  }
  using file = await openHdf5(path); // HDF5 checks the sums of headers
  const raw = file.dataset("volumes/raw");
  deepStrictEqual(
    raw.read({ startVox: [0, 0, 0], shapeVox: [1, 2, 3] }),
    Uint8Array.of(1, 2, 3, 4, 5, 6),
  );
  deepStrictEqual(file.table("notes/text")!.values, ["µm"]);
});

Deno.test("clearTimes() writes nothing where no sound header is", async () => {
  using folder = testFolder();
  const path = folder.path("a.hdf");
  {
    using file = await createHdf5(path);
    file.commit();
  }
  const bytes = Deno.readFileSync(path), [at] = headersIn(bytes);
  bytes[at! + 8] = 7; // its sum is another now
  Deno.writeFileSync(path, bytes);
  for (const address of [at!, 0, bytes.length - 3]) {
    throws(() => clearTimes(path, [address]), {
      message: /no sound header|ends early/,
    });
  }
  deepStrictEqual(Deno.readFileSync(path), bytes);
});
