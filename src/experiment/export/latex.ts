import { printable } from "@/core/mod.ts";
import { defineExportFormat } from "./_format.ts";
import { type ScoreCell, scoreOptions, scoreTable } from "./score_table.ts";
import { textFile } from "./_text_file.ts";

/**
 * A table of scores in LaTeX, to be put into a table by `\\input`: mean ± standard
 * deviation, the best in bold. It wants the package booktabs.
 */
export const latex = defineExportFormat({
  name: "latex",
  summary: "A table of scores in LaTeX, mean ± standard deviation over seeds",
  options: scoreOptions,
  create: (options) =>
    textFile([".tex"], (request) => {
      const { heading, rows } = scoreTable(request, options);
      const keys = rows[0]!.keys.length;
      const alignment = "l".repeat(keys) + "r".repeat(heading.length - keys);
      return [
        `\\begin{tabular}{${alignment}}\n\\toprule\n`,
        line(heading.map(escaped)),
        "\\midrule\n",
        ...rows.map((row) =>
          line([...row.keys.map(escaped), ...row.cells.map(cellText)])
        ),
        "\\bottomrule\n\\end{tabular}\n",
      ];
    }),
});

function line(cells: readonly string[]): string {
  return `${cells.join(" & ")} \\\\\n`;
}

function cellText({ mean, deviation, isBest }: ScoreCell): string {
  if (mean === null) return "--";
  const text = deviation === null ? mean : `${mean} \\pm ${deviation}`;
  return isBest ? `$\\mathbf{${text}}$` : `$${text}$`;
}

const words: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
};

/** A text that no command of LaTeX is made of. */
function escaped(text: string): string {
  return printable(text).replaceAll(
    /[\\~^<>&%$#_{}]/g,
    (character) => words[character] ?? `\\${character}`,
  );
}
