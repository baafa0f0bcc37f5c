import { stringify } from "yaml";
import * as z from "zod";
import { planPart, programOf } from "./plan.ts";

const formSchema = z.object({ spec: z.looseObject({ name: z.string() }) });

/**
 * An experiment as a file that can be run, with every default written out; null
 * where the plan does not tell it, or another program has trained by it.
 */
export function experimentYaml(plan: string): string | null {
  if (programOf(plan) !== null) return null;
  const form = planPart(plan, formSchema);
  return form && stringify(form.spec);
}

/** Texts that have most lines in common, each line kept as often as one text has it. */
export interface SharedLines {
  /** Every line that any of them has. */
  readonly lines: readonly string[];
  /** Of each text, the first and the last of lines that follow one another. */
  readonly texts: readonly (readonly (readonly [from: number, to: number])[])[];
}

/** Texts in a small form; `client/experiment_files.js` reads it. */
export function sharedLines(texts: readonly string[]): SharedLines {
  const lines: string[] = [];
  const places = new Map<string, number[]>();
  return {
    lines,
    texts: texts.map((text) => {
      const stretches: [number, number][] = [];
      const used = new Map<string, number>();
      for (const line of text.split("\n")) {
        const of = places.get(line) ?? [];
        const times = used.get(line) ?? 0;
        const number = of[times] ?? lines.push(line) - 1;
        of[times] = number;
        places.set(line, of);
        used.set(line, times + 1);
        const last = stretches.at(-1);
        if (last?.[1] === number - 1) last[1] = number;
        else stretches.push([number, number]);
      }
      return stretches;
    }),
  };
}
