import type { Cleaned } from "@/record/mod.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption, yesOption } from "./_options.ts";
import { openExisting } from "./_records.ts";
import { counted, mebibytes } from "./_text.ts";

/** Removes what nobody needs, once that is said twice. */
export const clean = defineCommand({
  name: "clean",
  summary: "Remove deleted runs for good, and files that no run needs",
  positionals: [],
  options: { ...yesOption, ...jsonOption, ...resultsOption },
  notes: "Without --yes it only says what it would remove.",
  async run({ options }, context) {
    const { openRecords } = await import("@/record/mod.ts");
    const folder = resultsFolder(options, context);
    using there = await openExisting(folder);
    if (!there) {
      context.print(options.json ? "null" : `No runs in ${folder} yet`);
      return 0;
    }
    using records = options.yes ? openRecords(folder) : null;
    const cleaned = records?.collection.clean() ??
      there.collection.cleanable();
    context.print(
      options.json
        ? JSON.stringify(cleaned, null, 2)
        : cleanText(cleaned, { isDone: options.yes }),
    );
    return 0;
  },
});

function cleanText(
  { runs, files, fileBytes, databaseBytes, freeBytes }: Cleaned,
  { isDone }: { readonly isDone: boolean },
): string {
  if (runs.length === 0 && files.length === 0) return "Nothing to remove";
  const what = `${counted(runs.length, "deleted run")}, ` +
    `${counted(files.length, "file")} of ${mebibytes(fileBytes)}`;
  return isDone
    ? `Removed ${what}; the database has ${mebibytes(databaseBytes)}, ` +
      `${mebibytes(freeBytes)} of it free for what is recorded next`
    : [
      ...runs.map((id) => `run ${id}`),
      ...files.map(({ path, bytes }) => `${path}, ${mebibytes(bytes)}`),
      `\nWould remove ${what}, and their rows of the database; ` +
      "this cannot be undone; add --yes to do it",
    ].join("\n");
}
