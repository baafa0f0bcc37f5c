import { deepStrictEqual } from "node:assert/strict";
import {
  type Candidate,
  type CandidateOptions,
  type CandidateSection,
  findCandidates,
} from "./candidates.ts";

/** A section of one row: the synapse, the neuron and the polarity of each voxel. */
function row(
  objects: string,
  segments: string,
  polarity: readonly number[],
): CandidateSection {
  return {
    objects: Int32Array.from(objects, Number),
    segments: Uint32Array.from(segments, Number),
    polarity: Float32Array.from(polarity),
  };
}

const find = (
  sections: readonly CandidateSection[],
  options: Partial<CandidateOptions> = {},
) =>
  findCandidates(sections, {
    ...{ minContactVox: 1, pairsPerSynapse: 0, gapVox: 0, ...options },
    shape: [1, sections[0]!.objects.length],
  });
const pairs = (found: ReturnType<typeof find>) =>
  found.map(({ pre, post }) => [pre.segment, post.segment]);

// Neuron 3 touches 4 and 5 in a synapse; 6 is elsewhere, 7 in another one.
const section = row("01111102", "63345577", [9, .8, .6, -.4, -.2, -.6, 9, .1]);

Deno.test("findCandidates() pairs the neurons that touch in a synapse, by their sums", () => {
  const found = find([section]);
  deepStrictEqual(pairs(found), [[3, 4], [4, 5]]); // sums 1.4, -0.4 and -0.8
  const [{ pre, post, rank, contactFaces, synapse }] = found as [Candidate];
  deepStrictEqual([pre.sizeVox, post.sizeVox, contactFaces], [2, 1, 1]);
  deepStrictEqual(pre.polarity.toFixed(6), "0.700000");
  deepStrictEqual([pre.agreement, post.agreement, rank], [1, 1, 0]);
  deepStrictEqual([pre.placeVox, post.placeVox], [[0, 0, 1], [0, 0, 3]]);
  deepStrictEqual(synapse, {
    ...{ object: 1, sizeVox: 5, neurons: 3, presynaptic: 3 },
  });
});

Deno.test("findCandidates() sees contact from section to section", () => {
  const one = row("11", "33", [1, 1]), other = row("11", "44", [-1, -1]);
  const [found] = find([one, other]);
  deepStrictEqual([found!.pre.segment, found!.post.segment], [3, 4]);
  deepStrictEqual([found!.contactFaces, found!.post.placeVox], [2, [1, 0, 0]]);
  // Another synapse in the next section is no contact.
  deepStrictEqual(find([one, row("22", "44", [-1, -1])]), []);
});

Deno.test("findCandidates() lets neurons touch across voxels of none", () => {
  const gap = row("11111", "30045", [1, 0, 0, -1, -1]);
  deepStrictEqual(pairs(find([gap], { gapVox: 1 })), [[4, 5]]);
  deepStrictEqual(pairs(find([gap], { gapVox: 2 })), [[3, 4], [4, 5]]);
});

Deno.test("findCandidates() leaves out neurons with little, and pairs beyond the most", () => {
  const all = row("1111111", "3334455", [1, 1, 1, -1, -1, -1, -1]);
  deepStrictEqual(pairs(find([all])), [[3, 4], [4, 5]]);
  deepStrictEqual(pairs(find([all], { minContactVox: 3 })), []);
  deepStrictEqual(pairs(find([all], { pairsPerSynapse: 1 })), [[3, 4]]);
});
