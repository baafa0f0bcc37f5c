import { ok } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { closeForTests } from "@test/engines.ts";
import { assertSameNumbers } from "@test/helpers.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { selfTest } from "../selftest.ts";
import { openXla } from "./engine.ts";

const pluginPath = cpuPluginPath();
const isReady = pluginPath ? "" : " (pjrt: not set up)";

Deno.test({
  name:
    `single operations on a plugin can name sizes, and train right${isReady}`,
  ignore: pluginPath === null,
  async fn() {
    closeForTests("pjrt");
    using engine = await openXla({
      pluginPath: pluginPath!,
      precision: "fp32",
      eager: false,
      store: undefined,
      notices: [],
      notify: () => {},
    });
    const x = tf.tensor1d([1, 2, 3, 4]);
    const parts = tf.split(x, [1, 3]);
    assertSameNumbers(parts[0]!.dataSync(), [1]);
    assertSameNumbers(parts[1]!.dataSync(), [2, 3, 4]);
    tf.dispose([x, ...parts]);
    ok(selfTest(engine).isPassed);
  },
});
