import { deepStrictEqual, match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { billOf } from "./wheels.ts";

const linux = { os: "linux", arch: "x86_64" };

Deno.test("billOf() knows the machines TensorFlow is packaged for", () => {
  const known = (["cpu", "gpu"] as const).flatMap((build) =>
    ["linux", "darwin", "windows"].flatMap((os) =>
      ["x86_64", "aarch64"]
        .filter((arch) => billOf(build, { os, arch }))
        .map((arch) => `${build} ${os} ${arch}`)
    )
  );
  deepStrictEqual(known, [
    "cpu linux x86_64",
    "cpu linux aarch64",
    "gpu linux x86_64",
  ]);
});

Deno.test("billOf() pins every wheel", () => {
  for (const build of ["cpu", "gpu"] as const) {
    for (const wheel of billOf(build, linux)!.wheels) {
      match(wheel.sha256, /^[0-9a-f]{64}$/);
      const name = wheel.project.replaceAll("-", "_");
      match(wheel.file, new RegExp(`^${name}-${wheel.version}-.*\\.whl$`));
      assertEquals(wheel.file.includes(wheel.platform), true, wheel.file);
    }
  }
});

Deno.test("billOf() takes the libraries of a wheel and nothing else", () => {
  const [tensorflow, cublas] = billOf("gpu", linux)!.wheels;
  const taken = (wheel: typeof tensorflow, paths: string[]) =>
    paths.filter((path) => wheel!.placeOf(path) !== null);
  deepStrictEqual(
    taken(tensorflow, [
      "tensorflow/libtensorflow_cc.so.2",
      "tensorflow/libtensorflow_framework.so.2",
      "tensorflow/python/_pywrap_tfe.so",
      "tensorflow/include/LICENSE",
    ]),
    [
      "tensorflow/libtensorflow_cc.so.2",
      "tensorflow/libtensorflow_framework.so.2",
    ],
  );
  deepStrictEqual(
    taken(cublas, [
      "nvidia/cublas/lib/libcublas.so.12",
      "nvidia/cublas/include/cublas.h",
      "nvidia/cublas/lib/libcublas_static.a",
      "nvidia_cublas_cu12-12.5.3.2.dist-info/RECORD",
    ]),
    ["nvidia/cublas/lib/libcublas.so.12"],
  );
});
