import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { openHdf5 } from "./file.ts";
import { type Hdf5Table, textValue } from "./table.ts";
import { createHdf5 } from "./write.ts";

const attributes = {
  offset: { shape: [3], dtype: "<d", values: Float64Array.of(1, 2.5, 3) },
  version: textValue("0.2"),
};

const tables: Readonly<Record<string, Hdf5Table>> = {
  ids: {
    ...{ shape: [2], dtype: "<Q", attributes },
    values: BigUint64Array.of(7n, 2n ** 64n - 1n),
  },
  "group/deep/locations": {
    ...{ shape: [2, 3], dtype: "<d", attributes: {} },
    values: Float64Array.of(1, 2, 3, 4, 5, -6.25),
  },
  types: {
    ...{ shape: [2], dtype: "S", attributes: {} },
    values: ["presynaptic_site", "µ"],
  },
  none: {
    shape: [0],
    dtype: "<Q",
    attributes: {},
    values: new BigUint64Array(0),
  },
  text: { ...textValue("x".repeat(100_000)), attributes: {} },
};

Deno.test("openHdf5() reads tables and attributes as createHdf5() wrote them", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "t.hdf");
    {
      using file = await createHdf5(path);
      file.attributes("", attributes);
      file.attributes("group", { only: textValue("here") });
      for (const [name, table] of Object.entries(tables)) {
        file.table(name, table);
      }
      file.commit();
    }
    using file = await openHdf5(path);
    deepStrictEqual(file.attributes(""), attributes);
    deepStrictEqual(file.attributes("group"), { only: textValue("here") });
    deepStrictEqual(file.groups.toSorted(), ["group", "group/deep"]);
    for (const [name, table] of Object.entries(tables)) {
      deepStrictEqual(file.table(name), table, name);
      deepStrictEqual(file.shape(name), table.shape);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
