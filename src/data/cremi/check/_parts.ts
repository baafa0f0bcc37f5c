import { basename, dirname } from "node:path";
import { mapZyx, nearestName } from "@/core/mod.ts";
import type { Hdf5File } from "../../hdf5/mod.ts";
import {
  cleftsName,
  fileFormat,
  idsName,
  layoutNames,
  locationsName,
  neuronIdsName,
  partnersName,
  rawName,
  targetIdsName,
} from "../layout.ts";
import type { CremiLayout, PlacedDataset } from "../read_layout.ts";
import type { Inspection } from "./_inspection.ts";

/** Judges which parts a file has, and what their names and their form are. */
export function judgeParts(
  file: Hdf5File,
  { form, faults, notes, where }: Inspection,
): void {
  const { names } = file;
  const others = names.filter((name) => !layoutNames.includes(name));
  const listed = names.map((name) => `"${name}"`).join(", ") || "no dataset";
  if (names.every((name) => !layoutNames.includes(name))) {
    faults.add(
      `Cannot find anything of CREMI's layout in "${file.path}": it has ${listed}`,
      {
        where,
        fix: `Name grey values "${rawName}", clefts "${cleftsName}", points ` +
          `"${idsName}" and so on`,
      },
    );
    return;
  }
  for (const name of [rawName, cleftsName, neuronIdsName]) {
    if (file.has(name)) continue;
    const like = others.find((other) => isLike(other, name));
    if (like === undefined) continue;
    faults.add(`Cannot find "${name}": the file has "${like}"`, {
      where,
      fix:
        `Rename it to "${name}" if that is what it is, else to a name that ` +
        "is less like it",
    });
  }
  const format = file.attributes("")["file_format"]?.values[0];
  if (format !== undefined && `${format}` !== fileFormat) {
    notes.push(`The file says format ${format}, read as ${fileFormat}`);
  }
  for (const name of [idsName, locationsName, partnersName, targetIdsName]) {
    if (!names.includes(name)) continue;
    if (file.table(name)?.dtype.startsWith(">")) notes.push(bigEndian(name));
  }
  if (form === "volume" && !file.has(cleftsName)) {
    notes.push("Without cleft ids it is for predictions, not for training");
  }
}

/** Whether a dataset may be meant by a name: it has it elsewhere, or nearly has it. */
function isLike(other: string, name: string): boolean {
  const [found, meant] = [other, name].map((one) =>
    basename(one).toLowerCase()
  ) as [string, string];
  if (found === meant) return true;
  if (dirname(other) !== dirname(name)) return false;
  return found.includes(meant) ||
    found.length > 3 && nearestName(found, [meant]) !== undefined;
}

/** Judges how volumes lie, and that they lie together. */
export function judgePlaces(
  { raw, clefts, neuronIds }: CremiLayout,
  { form, faults, notes, where }: Inspection,
): void {
  const first = raw ?? clefts ?? neuronIds;
  if (!first) return;
  const { voxelNm: [z, y, x], shapeVox } = first.grid;
  const { name } = first.dataset;
  const isTurned = z < Math.max(y, x) / 2;
  if (isTurned) {
    faults.add(
      `Cannot use "${name}": its voxels are ${z} × ${y} × ${x} nm, finest ` +
        "along z, as if in x, y, z",
      {
        where,
        fix: `Write the attribute "resolution" as z, y, x: ${
          [x, y, z].join(", ")
        }`,
      },
    );
  }
  for (const one of [raw, clefts, neuronIds]) {
    if (!one) continue;
    if (one.dataset.isBigEndian) notes.push(bigEndian(one.dataset.name));
    if (!one.dataset.resolutionFrom) {
      notes.push(
        `"${one.dataset.name}" has no attribute "resolution", that of ` +
          `"${name}" is taken`,
      );
    }
  }
  if (clefts && neuronIds && boxText(clefts) !== boxText(neuronIds)) {
    faults.add(
      `Cannot use "${cleftsName}" with "${neuronIdsName}": they are ${
        boxText(clefts)
      } and ${boxText(neuronIds)}`,
      { where, fix: "Give both one shape and one offset" },
    );
  }
  const isOfTheChallenge = [z, y, x].join() === "40,4,4";
  const whole = [125, 1250, 1250];
  if (
    form === "submission" && isOfTheChallenge &&
    shapeVox.join() !== whole.join()
  ) {
    notes.push(
      `It is ${
        shapeVox.join(" × ")
      } voxels, the challenge's test volumes are ` +
        whole.join(" × "),
    );
  }
}

function boxText({ startVox, dataset: { shapeVox } }: PlacedDataset): string {
  const start = mapZyx((axis) => startVox[axis]).join(", ");
  return `${shapeVox.join(" × ")} voxels from voxel ${start}`;
}

function bigEndian(name: string): string {
  return `"${name}" is big-endian, in the challenge's files little-endian: ` +
    "HDF5 turns it, tools that map files do not";
}
