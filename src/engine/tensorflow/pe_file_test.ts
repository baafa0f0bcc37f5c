import { deepStrictEqual, throws } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { PeFile } from "./pe_file.ts";
import { makeStandIn } from "./stand_in.ts";

/** A library that takes two names from `python312.dll`, one from `other.dll`. */
function importing(): Uint8Array {
  const file = makeStandIn({ name: "a.dll", functions: [], variables: [] });
  // The page of zeros becomes a table in the file: of two libraries and an end,
  // then of names, by Microsoft's PE format.
  const grown = new Uint8Array(file.length + 0x200);
  grown.set(file);
  const view = new DataView(grown.buffer), data = 0x2000, at = file.length;
  const section = 64 + 24 + 240 + 40;
  view.setUint32(section + 16, 0x200, true); // bytes in the file
  view.setUint32(section + 20, at, true); // where
  view.setUint32(64 + 24 + 112 + 8, data, true); // the table of imports
  view.setUint32(64 + 24 + 112 + 12, 60, true);
  const text = (offset: number, word: string) => {
    grown.set(new TextEncoder().encode(word), at + offset);
    return data + offset;
  };
  const library = (i: number, list: number, name: number) => {
    view.setUint32(at + 20 * i, data + list, true);
    view.setUint32(at + 20 * i + 12, name, true);
  };
  library(0, 0x80, text(0x100, "python312.dll"));
  library(1, 0xa0, text(0x120, "other.dll"));
  const names = [[0x80, "Py_IsInitialized", 0x140], [
    0x88,
    "PyExc_OSError",
    0x160,
  ]]
    .concat([[0xa8, "sort", 0x180]]) as [number, string, number][];
  for (const [entry, name, offset] of names) {
    text(offset + 2, name);
    view.setBigUint64(at + entry, BigInt(data + offset), true);
  }
  view.setBigUint64(at + 0xa0, (1n << 63n) + 5n, true); // by its number alone
  return grown;
}

function withFile(content: Uint8Array, body: (path: string) => void): void {
  const folder = Deno.makeTempDirSync(), path = join(folder, "a.dll");
  try {
    Deno.writeFileSync(path, content);
    body(path);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("PeFile lists what a library takes from others", () => {
  withFile(importing(), (path) => {
    using file = new PeFile(path);
    deepStrictEqual([...file.imports()], [
      ["python312.dll", ["Py_IsInitialized", "PyExc_OSError"]],
      ["other.dll", ["sort"]],
    ]);
    deepStrictEqual(file.exports(), []);
  });
});

Deno.test("makeStandIn() has all names in the order Windows wants", () => {
  const standIn = makeStandIn({
    name: "python312.dll",
    functions: ["Py_IsInitialized", "PyErr_Clear"],
    variables: ["PyExc_OSError", "_Py_NoneStruct"],
  });
  withFile(standIn, (path) => {
    using file = new PeFile(path);
    deepStrictEqual(file.exports(), [
      "PyErr_Clear",
      "PyExc_OSError",
      "Py_IsInitialized",
      "_Py_NoneStruct",
    ]);
    deepStrictEqual([...file.imports()], []);
  });
  assertEquals(standIn.length % 512, 0, "bytes beyond a multiple of 512");
});

Deno.test("PeFile refuses other files", () => {
  withFile(new Uint8Array(8000), (path) => {
    throws(() => new PeFile(path), /not a library of 64-bit Windows/);
  });
  withFile(new TextEncoder().encode("MZ"), (path) => {
    throws(() => new PeFile(path), /not a library of 64-bit Windows/);
  });
});
