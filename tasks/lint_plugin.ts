/**
 * The house rules, for `deno lint`. What they let pass is listed in
 * `lint/excepted.ts`.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { excepted } from "./lint/excepted.ts";
import { Exceptions } from "./lint/exceptions.ts";
import { housePlugin } from "./lint/house_plugin.ts";

export default housePlugin({
  folder: dirname(dirname(fileURLToPath(import.meta.url))),
  exceptions: new Exceptions(excepted),
});
