import { printable } from "@/core/mod.ts";
import { defineExportFormat } from "./_format.ts";
import { type ScoreCell, scoreOptions, scoreTable } from "./score_table.ts";
import { textFile } from "./_text_file.ts";

/** A table of scores in Markdown: mean ± standard deviation, the best in bold. */
export const markdown = defineExportFormat({
  name: "markdown",
  summary:
    "A table of scores in Markdown, mean ± standard deviation over seeds",
  options: scoreOptions,
  create: (options) =>
    textFile([".md"], (request) => {
      const { heading, rows } = scoreTable(request, options);
      const keys = rows[0]!.keys.length;
      return [
        line(heading.map(escaped)),
        line(heading.map((_, i) => i < keys ? "---" : "---:")),
        ...rows.map((row) =>
          line([...row.keys.map(escaped), ...row.cells.map(cellText)])
        ),
      ];
    }),
});

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function cellText({ mean, deviation, isBest }: ScoreCell): string {
  if (mean === null) return "–";
  const text = deviation === null ? mean : `${mean} ± ${deviation}`;
  return isBest ? `**${text}**` : text;
}

/** A text that no Markdown, and no HTML in it, is made of. */
function escaped(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&");
}
