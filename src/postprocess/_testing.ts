import type { Zyx } from "@/core/mod.ts";
import { type Called, type Sections, sectionsOf } from "./_step.ts";

/** Sections drawn as rows of text; digits are tenths, `x` is 1, a dot 0. */
export function drawn(...rows: readonly (readonly string[])[]): Sections {
  const shapeVox: Zyx = [rows.length, rows[0]!.length, rows[0]![0]!.length];
  const values = rows.flat().join("").split("")
    .map((c) => c === "x" ? 1 : c === "." ? 0 : Number(c) / 10);
  return sectionsOf(Float32Array.from(values), shapeVox);
}

/** What is drawn, all of it called cleft that is not 0. */
export function calledOf(
  probability: Sections,
  connectivity: Called["connectivity"] = 26,
): Called {
  const [depth, ...extent] = probability.shapeVox;
  const area = extent[0] * extent[1];
  const cleft = new Uint8Array(depth * area);
  for (let z = 0; z < depth; z++) {
    probability.section(z).forEach((value, i) => {
      cleft[z * area + i] = value > 0 ? 1 : 0;
    });
  }
  return { probability, cleft, connectivity };
}

/** What is called cleft, drawn: `x` is cleft. */
export function shown(cleft: Uint8Array, [, height, width]: Zyx): string[][] {
  const text = [...cleft].map((c) => c ? "x" : ".").join("");
  const rows = text.match(new RegExp(`.{${width}}`, "g")) ?? [];
  const sections: string[][] = [];
  for (let at = 0; at < rows.length; at += height) {
    sections.push(rows.slice(at, at + height));
  }
  return sections;
}
