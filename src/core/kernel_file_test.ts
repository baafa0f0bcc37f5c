import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { readKernelFile } from "./kernel_file.ts";

const isLinux = Deno.build.os === "linux";

Deno.test({
  name: "readKernelFile() reads all of a file, as Deno with every right does",
  ignore: !isLinux,
  fn() {
    for (const path of ["/proc/version", "/proc/cpuinfo"]) {
      const text = readKernelFile(path)!;
      assertEquals(text.length, Deno.readTextFileSync(path).length, path);
    }
    match(readKernelFile("/proc/version")!, /^Linux version/);
  },
});

Deno.test("readKernelFile() is null where there is none", () => {
  assertEquals(readKernelFile("/proc/none"), null);
});
