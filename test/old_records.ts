import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const fixtures = new URL("fixtures/record/", import.meta.url);

/** Puts a database that an older version left, of form 11 or 13, into a results folder. */
export function putOldRecords(form: 11 | 13, folder: string): void {
  const packed = Deno.readFileSync(new URL(`runs_${form}.sqlite.gz`, fixtures));
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeFileSync(join(folder, "runs.sqlite"), gunzipSync(packed));
}
