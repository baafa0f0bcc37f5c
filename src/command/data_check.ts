import { sizeOf } from "@/core/mod.ts";
import type { CheckedCremi, FoundLabels } from "@/data/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { jsonOption } from "./_options.ts";
import { counted, shortNumber, times } from "./_text.ts";

/** Looks for faults in a file in the layout of the challenge. */
export const dataCheck = defineCommand({
  name: "data check",
  summary: "Say what is in a file in CREMI layout, and what is wrong with it",
  positionals: [
    {
      name: "FILE",
      summary: "a volume, or a submission to the challenge, HDF5",
      path: "input",
    },
  ],
  options: { ...jsonOption },
  notes:
    "A file without grey values is taken for a submission. All of it is read.\n" +
    "The exit code is 0 if it is sound, 2 if not. What is looked at: docs/data.md.",
  async run({ options, positionals: [file] }, context) {
    const { checkCremi } = await import("@/data/mod.ts");
    const checked = await checkCremi({
      path: pathOf(file!, context),
      where: file!,
      signal: context.signal,
    });
    if (options.json) context.print(JSON.stringify(checked, null, 2));
    else {
      context.print(describe(checked));
      for (const note of checked.notes) context.note(`Note: ${note}`);
    }
    return checked.isSound ? 0 : 2;
  },
});

function describe(checked: CheckedCremi): string {
  const { path, form, faults } = checked;
  const verdict = faults.length === 0
    ? `a sound ${form}`
    : counted(faults.length, "fault") + (form ? `, as a ${form}` : "");
  return [
    [`${path}: ${verdict}`, ...found(checked)].join("\n"),
    ...faults.map(({ message, where, fix }) =>
      `${message}\n  at   ${where}\n  fix  ${fix}`
    ),
  ].join("\n\n");
}

function found(
  { raw, clefts, neuronIds, annotations }: CheckedCremi,
): string[] {
  const lines: string[] = [];
  if (raw) {
    const { shapeVox, voxelNm, kind } = raw;
    lines.push(
      `Grey values: ${times(shapeVox)} voxels of ${times(voxelNm)} nm, ${kind}`,
    );
  }
  if (clefts) {
    const share = 100 * clefts.cleftVox /
      (sizeOf(clefts.shapeVox) - clefts.unknownVox);
    lines.push(
      `Clefts: ${clefts.clefts} of ${clefts.cleftVox} voxels in all, ` +
        `${shortNumber(share)} % of what is known of ${placeText(clefts)}`,
    );
  }
  if (neuronIds) {
    lines.push(`Neurons: ${neuronIds.neurons} in ${placeText(neuronIds)}`);
  }
  if (annotations) {
    const { presynaptic, postsynaptic, partners, comments } = annotations;
    lines.push(
      `Annotations: ${presynaptic} presynaptic and ${postsynaptic} ` +
        `postsynaptic points, ${partners} pairs, ${comments} comments`,
    );
  }
  return lines;
}

function placeText(
  { shapeVox, startVox }: FoundLabels,
): string {
  return `${times(shapeVox)} voxels from voxel ${startVox.join(", ")}`;
}
