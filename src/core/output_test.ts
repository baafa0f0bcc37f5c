import { deepStrictEqual, match, throws } from "node:assert";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { ExperimentError } from "./errors.ts";
import { checkFolder, checkRoom, checkWritable, keepApart } from "./output.ts";

const where = "--output x";
const namesIn = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name);

function assertRefused(act: () => void, says: RegExp): void {
  throws(act, (error) => {
    match((error as ExperimentError).message, says);
    assertEquals((error as ExperimentError).where, where);
    return error instanceof ExperimentError;
  });
}

Deno.test("checkWritable() leaves a folder, and what is in it, as it was", () =>
  inTemporaryFolder((folder) => {
    checkWritable({ path: join(folder, "a/b/c.hdf"), where });
    deepStrictEqual(namesIn(folder), []);
    const path = join(folder, "there");
    Deno.writeTextFileSync(path, "old");
    checkWritable({ path, where });
    deepStrictEqual(namesIn(folder), ["there"]);
    assertEquals(Deno.readTextFileSync(path), "old");
  }));

Deno.test("checkWritable() refuses folders, devices and what is below a file", () =>
  inTemporaryFolder((folder) => {
    const refused = (path: string, says: RegExp) =>
      assertRefused(() => checkWritable({ path, where }), says);
    refused(folder, /it is a folder/);
    Deno.symlinkSync(folder, join(folder, "link"));
    refused(join(folder, "link"), /it is a folder/);
    Deno.writeTextFileSync(join(folder, "file"), "");
    refused(join(folder, "file", "x.hdf"), /is a file, not a folder/);
    refused(join(folder, "file", "a", "x.hdf"), /is a file, not a folder/);
    refused(join(folder, "n".repeat(250)), /the name is too long/);
    refused(join(folder, "n".repeat(300), "x"), /the name is too long/);
    if (Deno.build.os !== "linux") return;
    refused("/dev/null", /no ordinary file/);
    refused("/proc/none/x", /Cannot write/);
  }));

Deno.test("checkFolder() takes folders, also those to be made", () =>
  inTemporaryFolder((folder) => {
    checkFolder({ path: folder, where });
    checkFolder({ path: join(folder, "a/b"), where });
    deepStrictEqual(namesIn(folder), []);
    const path = join(folder, "file");
    Deno.writeTextFileSync(path, "");
    assertRefused(() => checkFolder({ path, where }), /it is a file/);
  }));

Deno.test("keepApart() knows a file by whatever path", () =>
  inTemporaryFolder((folder) => {
    const input = join(folder, "in.hdf");
    Deno.writeTextFileSync(input, "x");
    Deno.mkdirSync(join(folder, "sub"));
    Deno.symlinkSync(input, join(folder, "soft"));
    Deno.linkSync(input, join(folder, "hard"));
    Deno.symlinkSync(folder, join(folder, "folder"));
    for (
      const path of ["in.hdf", "sub/../in.hdf", "soft", "hard", "folder/in.hdf"]
    ) {
      const output = { path: `${folder}/${path}`, where };
      assertRefused(
        () => keepApart(output, [input]),
        /it is read, as ".*in.hdf"/,
      );
    }
    Deno.writeTextFileSync(join(folder, "other"), "x");
    keepApart({ path: join(folder, "other"), where }, [input, "/none"]);
    keepApart({ path: join(folder, "new"), where }, [input]);
  }));

Deno.test("checkRoom() asks the disk that the file would lie on", () =>
  inTemporaryFolder((folder) => {
    const output = { path: join(folder, "a/b/x.hdf"), where };
    checkRoom(output, 1000);
    assertRefused(() => checkRoom(output, 2 ** 60), /may take \d+ MiB.* free/);
    assertRefused(
      () => checkRoom({ path: join(folder, "x.hdf"), where }, 2 ** 60),
      /may take/,
    );
  }));

Deno.test("keepApart() keeps a folder from what is read in it", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "x.zarr"), input = join(path, "volumes", "raw");
    Deno.mkdirSync(input, { recursive: true });
    assertRefused(
      () => keepApart({ path, where }, [input]),
      /it is read, as ".*raw"/,
    );
    keepApart({ path, where }, [join(folder, "x.zarr.hdf"), folder]);
  }));
