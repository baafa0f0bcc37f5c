import * as tf from "@tensorflow/tfjs-core";

/** The versions of the JavaScript side of every engine. */
export function toolVersions(): Record<string, string> {
  return { tfjs: tf.version_core, deno: Deno.version.deno };
}
