import { ExperimentError } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import { planOf } from "../plan/mod.ts";
import { submissionVolumes } from "../spec/submission_schema.ts";
import {
  submissionFiles,
  type SubmissionRequest,
  writeSubmissions,
} from "../submission/write.ts";
import { defineExportFormat, type ExportRequest } from "./_format.ts";

/**
 * Files of clefts as the CREMI challenge takes them, one for each volume that the
 * runs' experiments name in `submission`: predicted with the run's test-time
 * averaging, brought back to where the volume's file has it, called and
 * post-processed as validation chose.
 */
export const cremiSubmission = defineExportFormat({
  name: "cremi-submission",
  summary: "Files of clefts to hand in to the CREMI challenge, in a folder",
  options: {
    volumes: submissionVolumes.optional().describe(
      "the volumes; those that the run's experiment names by default",
    ),
  },
  create: ({ volumes }) => {
    const requestsOf = ({ runs, path }: ExportRequest) => {
      const requests = runs.flatMap((run): SubmissionRequest[] => {
        const named = volumes ?? planOf(run).spec.submission?.volumes;
        return named ? [{ run, volumes: named, folder: path }] : [];
      });
      if (requests.length === 0) throw noVolumes(runs);
      refuseShared(requests);
      return requests;
    };
    return {
      takes: "some",
      endings: [],
      files: (request) => requestsOf(request).flatMap(submissionFiles),
      write: (request, context) =>
        writeSubmissions(requestsOf(request), context),
    };
  },
});

function noVolumes(runs: readonly Run[]): ExperimentError {
  const ids = runs.map(({ id }) => id).join(", ");
  return new ExperimentError(
    `Cannot tell which volumes to hand in: the experiment of ${ids} names none`,
    {
      where: "--format cremi-submission",
      fix: "Name them: --format '{ type: cremi-submission, volumes: " +
        "[{ file: a.hdf, source: { type: cremi, file: … } }] }'",
    },
  );
}

function refuseShared(requests: readonly SubmissionRequest[]): void {
  const files = requests.flatMap(({ run, volumes }) =>
    volumes.map(({ file }) => ({ file, id: run.id }))
  );
  for (const [i, { file, id }] of files.entries()) {
    const first = files.find((one) => one.file === file)!;
    if (first === files[i]) continue;
    throw new ExperimentError(
      `Cannot write clefts of two runs to one file "${file}"`,
      {
        where: "--format cremi-submission",
        fix: `Name one of ${first.id} and ${id}`,
      },
    );
  }
}
