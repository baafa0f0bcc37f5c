import { deepStrictEqual } from "node:assert";
import { tensorflow } from "./builds.ts";

Deno.test("tensorflow takes the libraries of a wheel and nothing else", () => {
  const [wheel] = tensorflow.support({ os: "linux", arch: "aarch64" }).bill!
    .wheels;
  const taken = [
    "tensorflow/libtensorflow_cc.so.2",
    "tensorflow/libtensorflow_framework.so.2",
    "tensorflow/python/_pywrap_tfe.so",
    "tensorflow/include/LICENSE",
  ].filter((path) => wheel!.placeOf(path) !== null);
  deepStrictEqual(taken, [
    "tensorflow/libtensorflow_cc.so.2",
    "tensorflow/libtensorflow_framework.so.2",
  ]);
});
