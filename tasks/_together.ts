/**
 * The test files on the command line as one: what they import is loaded once.
 * `deno test` on its own loads TensorFlow.js and all of Cleft for each file.
 *
 * @module
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

for (const path of Deno.args) {
  try {
    await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    Deno.test(`${path} can be loaded`, () => {
      throw error;
    });
  }
}
