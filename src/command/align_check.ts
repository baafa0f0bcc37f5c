import { basename, dirname, extname } from "node:path";
import { ScratchFolder, writeOutput } from "@/core/mod.ts";
import type { RoundTrip } from "@/data/mod.ts";
import { alignedPlace, alignOptions, alignRequest } from "./_align.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  forceOption,
  jsonOption,
  openOption,
  pageEndings,
  required,
} from "./_options.ts";

/** Shows whether a volume comes back from its alignment. */
export const alignCheck = defineCommand({
  name: "align check",
  summary: "Align a volume, bring it back, and show on a page what came back",
  positionals: [alignedPlace],
  options: {
    ...alignOptions,
    output: {
      value: "FILE",
      path: "output",
      endings: pageEndings,
      summary: "the page to write",
    },
    ...openOption,
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "Sections that are not torn have to come back bit by bit: the exit code is 1\n" +
    "where they do not. Of torn sections a rim is lost, which is counted. Needs\n" +
    "room for two copies of the volume beside the page while it works.",
  async run({ options, positionals: [file], outputs, pages }, context) {
    const path = pathOf(required(options.output, "output"), context);
    const request = await alignRequest(file!, { options, outputs, context });
    const { roundTrip } = await import("@/data/mod.ts");
    const { alignmentPage } = await import("@/report/mod.ts");
    await Deno.mkdir(dirname(path), { recursive: true });
    using scratch = new ScratchFolder(dirname(path), ".cleft-align-");
    const trip = await roundTrip(request, scratch.path);
    writeOutput(
      path,
      alignmentPage({
        ...trip,
        title: basename(file!, extname(file!)),
        shifts: options.shifts ? basename(options.shifts) : "estimated shifts",
      }),
    );
    const link = pages.add(path);
    const counts = countsOf(trip);
    for (const note of trip.aligned.notes) context.note(`Note: ${note}`);
    if (options.json) context.print(JSON.stringify(counts, null, 2));
    else {
      for (const [name, count] of Object.entries(counts)) {
        context.print(
          `${name}: ${count.voxels} voxels, ${count.differVox} differ in ` +
            `sections that are not torn; of torn ones ${count.emptyVox} came ` +
            `back empty, ${count.otherVox} with another value`,
        );
      }
      context.print(`Page: ${link}`);
    }
    return Object.values(counts).some(({ differVox }) => differVox > 0) ? 1 : 0;
  },
});

/** What came back of each volume, in sections that are torn and in others. */
export function countsOf({ volumes }: Pick<RoundTrip, "volumes">) {
  return Object.fromEntries(volumes.map(({ name, sections, sectionVox }) => {
    const torn = sections.filter(({ isTorn }) => isTorn);
    const whole = sections.filter(({ isTorn }) => !isTorn);
    const sum = (
      list: typeof sections,
      of: "emptyVox" | "otherVox",
    ) => list.reduce((total, section) => total + section[of], 0);
    return [name, {
      voxels: sectionVox * sections.length,
      differVox: sum(whole, "emptyVox") + sum(whole, "otherVox"),
      emptyVox: sum(torn, "emptyVox"),
      otherVox: sum(torn, "otherVox"),
    }];
  }));
}
