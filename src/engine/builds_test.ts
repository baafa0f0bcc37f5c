import { deepStrictEqual, match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { builds } from "./builds.ts";

const machines = ["linux", "darwin", "windows"].flatMap((os) =>
  ["x86_64", "aarch64"].map((arch) => ({ os, arch }))
);

/** Each build with each machine that it exists for, and what it consists of. */
const bills = builds.flatMap((build) =>
  machines.flatMap((machine) => {
    const { bill } = build.support(machine);
    return bill ? [{ build, machine, bill }] : [];
  })
);

Deno.test("builds know the machines they are packaged for", () => {
  deepStrictEqual(
    bills.map(({ build, machine }) =>
      `${build.id} ${machine.os} ${machine.arch}`
    ),
    [
      "tensorflow linux x86_64",
      "tensorflow linux aarch64",
      "tensorflow darwin aarch64",
      "tensorflow windows x86_64",
      "pjrt-cuda13 linux x86_64",
      "pjrt-cuda13 linux aarch64",
      "pjrt-cuda12 linux x86_64",
      "pjrt-cpu linux x86_64",
    ],
  );
});

Deno.test("builds pin every wheel", () => {
  for (const { bill } of bills) {
    for (const wheel of bill.wheels) {
      match(wheel.sha256, /^[0-9a-f]{64}$/);
      const name = wheel.project.replaceAll("-", "_");
      match(wheel.file, new RegExp(`^${name}-${wheel.version}-.*\\.whl$`));
      assertEquals(wheel.file.includes(wheel.platform), true, wheel.file);
    }
  }
});

Deno.test("builds have folders of their own, with their version", () => {
  for (const { build } of bills) {
    assertEquals(build.folder.includes(build.version), true, build.folder);
  }
  const folders = new Set(builds.map(({ folder }) => folder));
  assertEquals(folders.size, builds.length);
});
