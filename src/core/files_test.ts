import { deepStrictEqual, throws } from "node:assert";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";
import { ExperimentError } from "./errors.ts";
import { PendingFolder, writeAtomically, writeOutput } from "./files.ts";

Deno.test("writeAtomically() makes folders and leaves one file", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "a/b/c.txt");
    writeAtomically(path, "one");
    writeAtomically(path, "two");
    assertEquals(Deno.readTextFileSync(path), "two");
    deepStrictEqual([...Deno.readDirSync(join(folder, "a/b"))].length, 1);
  }));

Deno.test("writeAtomically() replaces a link and leaves what it pointed to", () =>
  inTemporaryFolder((folder) => {
    const target = join(folder, "target"), link = join(folder, "link");
    Deno.writeTextFileSync(target, "precious");
    Deno.symlinkSync(target, link);
    writeAtomically(link, "new");
    assertEquals(Deno.readTextFileSync(target), "precious");
    assertEquals(Deno.lstatSync(link).isSymlink, false);
  }));

Deno.test("writeAtomically() leaves nothing behind where it fails", () =>
  inTemporaryFolder((folder) => {
    Deno.mkdirSync(join(folder, "full/inner"), { recursive: true });
    throws(() => writeAtomically(join(folder, "full"), "x"));
    deepStrictEqual([...Deno.readDirSync(folder)].map((e) => e.name), ["full"]);
  }));

Deno.test("writeAtomically() removes what a process left that was killed, not what is being written", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "a.hdf"), old = Date.now() / 1000 - 90_000;
    const parts = ["a.hdf.1.tmp", "a.hdf.2.tmp", "b.hdf.1.tmp", "a.hdf.x.tmp"];
    for (const [i, name] of parts.entries()) {
      Deno.writeTextFileSync(join(folder, name), name);
      if (i !== 1) Deno.utimeSync(join(folder, name), old, old);
    }
    writeAtomically(path, "whole");
    deepStrictEqual(
      [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted(),
      ["a.hdf", ...parts.slice(1)].toSorted(),
    );
  }));

Deno.test("writeOutput() says what it could not write", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "full");
    Deno.mkdirSync(join(path, "inner"), { recursive: true });
    throws(
      () => writeOutput(path, "x"),
      (error) =>
        error instanceof ExperimentError && error.where === path &&
        error.message.startsWith(`Cannot write "${path}": `),
    );
  }));

Deno.test("PendingFolder takes its place whole, or leaves what was there", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "p.zarr");
    const write = (name: string) => {
      const pending = new PendingFolder(path);
      Deno.writeTextFileSync(join(pending.part, name), name);
      return pending;
    };
    const names = () => [...Deno.readDirSync(path)].map(({ name }) => name);
    {
      using first = write("one");
      first.commit();
    }
    {
      using _second = write("two");
    }
    deepStrictEqual(names(), ["one"]);
    {
      using third = write("three");
      third.commit();
    }
    deepStrictEqual(names(), ["three"]);
    deepStrictEqual([...Deno.readDirSync(folder)].length, 1);
  }));
