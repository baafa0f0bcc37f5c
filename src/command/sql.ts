import { printable } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption } from "./_options.ts";
import { table } from "./_text.ts";

/** Asks the records in SQL. */
export const sql = defineCommand({
  name: "sql",
  summary: "Ask the records in SQL; nothing is changed by it",
  positionals: [{
    name: "QUERY",
    summary: "such as 'select run, state from runs'; without it, what there is",
    count: "optional",
  }],
  options: { ...jsonOption, ...resultsOption },
  notes: "docs/runs.md says what the columns of the views hold.",
  async run({ options, positionals }, context) {
    const { jsonNumber, readRecords } = await import("@/record/mod.ts");
    const folder = resultsFolder(options, context);
    using records = readRecords(folder);
    const [text] = positionals;
    if (text === undefined) {
      const { views } = records.collection;
      context.print(
        options.json
          ? JSON.stringify(views, null, 2)
          : table(views.map(({ name, columns }) => [name, columns.join(", ")])),
      );
      return 0;
    }
    const { columns, rows } = records.collection.query(text);
    context.print(
      options.json
        ? JSON.stringify(
          rows.map((row) =>
            Object.fromEntries(columns.map((name, i) => [
              name,
              typeof row[i] === "number" ? jsonNumber(row[i]) : row[i],
            ]))
          ),
          null,
          2,
        )
        : table(
          [columns, ...rows].map((row) =>
            row.map((cell) => cell === null ? "–" : printable(`${cell}`))
          ),
        ),
    );
    return 0;
  },
});
