import { deepStrictEqual, rejects } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { alignRequest, shiftsOf } from "./_align.ts";
import { Outputs } from "./_outputs.ts";
import { makeContext, testInFolder } from "./_testing.ts";

/** What a command line asks for that estimates shifts, and more. */
async function requested(
  folder: string,
  more: Readonly<Record<string, string>>,
) {
  const outputs = new Outputs({
    isForced: false,
    resultsFolder: null,
    cacheFolder: () => join(folder, "cache"),
  });
  return await alignRequest("a.hdf", {
    options: { estimate: true, ...more },
    outputs,
    context: makeContext({ callerFolder: folder }),
  });
}

testInFolder(
  "alignRequest() keeps sections and pixels around, none by default",
  async (folder) => {
    const around = async (context?: string) =>
      (await requested(folder, context === undefined ? {} : { context }))
        .context;
    deepStrictEqual(await around(), { sections: 0, pixels: 0 });
    deepStrictEqual(await around("14,200"), { sections: 14, pixels: 200 });
    deepStrictEqual(await around(" 0 , 0"), { sections: 0, pixels: 0 });
    for (
      const text of ["1", "1,2,3", "1,x", "x,1", "-1,2", "1,-2", "1,1234567"]
    ) {
      await rejects(around(text), { where: `--context ${text}` });
    }
  },
);

testInFolder(
  "alignRequest() begins where the user is, and knows cracks two ways",
  async (folder) => {
    const plain = await requested(folder, { region: "{ z: [0, 2] }" });
    assertEquals(plain.path, join(folder, "a.hdf"));
    deepStrictEqual(plain.region, { regionVox: { z: [0, 2] } });
    assertEquals(plain.cracks, undefined);
    deepStrictEqual((await requested(folder, { cracks: "detect" })).cracks, {
      by: "detect",
    });
    deepStrictEqual((await requested(folder, { cracks: "m.hdf" })).cracks, {
      by: "masks",
      path: join(folder, "m.hdf"),
      where: "--cracks m.hdf",
    });
  },
);

testInFolder(
  "shiftsOf() estimates shifts or reads a table, never both",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "t.txt"), "0 0\n1 -2\n");
    const of = (options: Partial<Parameters<typeof shiftsOf>[0]>) =>
      shiftsOf(
        { estimate: false, ...options },
        makeContext({ callerFolder: folder }),
      );
    deepStrictEqual(await of({ estimate: true }), {
      shifts: { reach: 2, driftSections: null },
      rounding: "away",
    });
    deepStrictEqual(
      await of({ estimate: true, drift: "5", rounding: "even" }),
      {
        shifts: { reach: 2, driftSections: 5 },
        rounding: "even",
      },
    );
    const table = (await of({ shifts: "t.txt", "first-section": "3" })).shifts;
    assertEquals((table as { firstSection?: number }).firstSection, 3);
    await rejects(of({}), { message: "Cannot align without shifts" });
    await rejects(of({ estimate: true, shifts: "t.txt" }), /both estimate/);
    const beside = (options: Parameters<typeof of>[0], message: string) =>
      rejects(of(options), { message });
    await beside(
      { estimate: true, columns: "xy" },
      "Cannot use --columns beside --estimate",
    );
    await beside(
      { estimate: true, "first-section": "0" },
      "Cannot use --first-section beside --estimate",
    );
    await beside(
      { shifts: "t.txt", drift: "1" },
      "Cannot use --drift beside --shifts",
    );
    await rejects(of({ estimate: true, drift: "0.5" }), {
      where: "--drift 0.5",
    });
  },
);
