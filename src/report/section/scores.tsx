import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { flag } from "@/core/mod.ts";
import type { Page, VolumeScores } from "../page.ts";
import { columnsOf } from "../part/columns.tsx";
import { ScoreTable } from "../part/score_table.tsx";
import { SeedTable } from "../part/seed_table.tsx";
import { overSeeds } from "../seeds.ts";
import { defineSection } from "./_section.ts";

/** Every metric of every run by volume, beside "dark is cleft". */
export const scores = defineSection({
  name: "scores",
  summary: "Best runs first, with the darkness baseline and means over seeds",
  options: {
    seeds: flag(true, "mean and deviation over the seeds of one plan"),
  },
  create: ({ seeds }) => ({
    id: "scores",
    title: "Best scores",
    render: (page) =>
      page.volumes.length === 0 ? null : (
        <>
          {page.volumes.map((volume) => (
            <Volume page={page} volume={volume} seeds={seeds} />
          ))}
        </>
      ),
  }),
});

function Volume(
  { page, volume, seeds }: {
    page: Page;
    volume: VolumeScores;
    seeds: boolean;
  },
): VNode {
  const columns = columnsOf(page, volume);
  // Of a matrix, the ablation tells the means over seeds.
  const groups = seeds && !page.matrix
    ? overSeeds(volume.scores, page.ranking)
    : [];
  return (
    <div class="volume" data-volume={page.volumes.indexOf(volume)}>
      <h3>
        {metricLabel(volume.split)}
        {volume.volume === null
          ? <span class="muted">during training, at each run’s best step</span>
          : <code>{volume.volume}</code>}
      </h3>
      {groups.length > 0 &&
        <SeedTable page={page} groups={groups} columns={columns} />}
      <ScoreTable page={page} volume={volume} columns={columns} />
    </div>
  );
}
