import { throws } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { exporterFor } from "./exporter_for.ts";

const endingsFor = (path: string) =>
  exporterFor({ path, where: "--output" }).endings;

Deno.test("exporterFor() goes by the ending of a name, and takes the first without", () => {
  for (const name of ["a.hdf", "/x.y/a.b.H5", "a.hdf5", "/x.y/a", "a"]) {
    assertEquals(endingsFor(name)[0], ".hdf", name);
  }
});

Deno.test("exporterFor() refuses an ending that none has, and says which there are", () => {
  for (const name of ["a.tif", "a.hdf.gz", "a.hdfx"]) {
    throws(
      () => endingsFor(`/x/${name}`),
      /^Cannot write "\/x\/a\..+": predictions are \.hdf.*, not \.\w+\n {2}at {3}--output\n {2}fix {2}Name it like a.*\.hdf$/,
      name,
    );
  }
});
