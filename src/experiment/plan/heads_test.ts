import { deepStrictEqual, doesNotThrow, throws } from "node:assert/strict";
import { describeNetwork } from "@/model/mod.ts";
import { checkSpec } from "../spec/mod.ts";
import { checkHeads, netOf, targetsOf } from "./heads.ts";

const specOf = (changes: Record<string, unknown> = {}) =>
  checkSpec({
    name: "small",
    data: { train: [{ source: { type: "phantom" } }] },
    model: { type: "resUnet", filters: [4, 8, 8], anisotropicLevels: 1 },
    loss: { terms: [{ type: "bce" }] },
    ...changes,
  }, "test");

const distance = { type: "signedDistance" };
const headOf = (target: object, loss: string) => ({
  ...{ name: "other", target },
  loss: { terms: [{ type: loss }] },
});

Deno.test("targetsOf() begins with the primary head", () => {
  const heads = [headOf(distance, "squaredError")];
  deepStrictEqual(
    targetsOf(specOf({ heads })).map(({ values }) => values),
    ["labels", "distances"],
  );
  deepStrictEqual(targetsOf(specOf()).length, 1);
});

Deno.test("netOf() has channels for each head, three for one of directions, and the levels of the loss", () => {
  const channels = (changes: Record<string, unknown>) => {
    const { stages } = describeNetwork(netOf(specOf(changes)), [4, 32, 32]);
    return stages.at(-1)!.channels;
  };
  deepStrictEqual(channels({}), 1);
  const heads = [headOf(distance, "squaredError")];
  deepStrictEqual(channels({ heads }), 2);
  const vectors = [headOf({ type: "direction" }, "cosine")];
  deepStrictEqual(channels({ heads: vectors }), 4);
  const levels = { levels: [1, 1, 1], terms: [{ type: "bce" }] };
  throws(() => netOf(specOf({ loss: levels })), /Cannot supervise 3 /);
});

Deno.test("checkHeads() lets losses compare with what they are for", () => {
  for (
    const changes of [
      {},
      { target: distance, loss: { terms: [{ type: "squaredError" }] } },
      {
        heads: [headOf(distance, "squaredError"), {
          ...headOf({ type: "binary" }, "dice"),
          name: "third",
        }],
      },
    ]
  ) doesNotThrow(() => checkHeads(specOf(changes)), JSON.stringify(changes));
});

Deno.test("checkHeads() says which loss cannot compare with its target, and which can", () => {
  const refused = (
    changes: Record<string, unknown>,
    where: string,
    fix: RegExp,
  ) =>
    throws(() => checkHeads(specOf(changes)), {
      message:
        /^Cannot compare with the target "\w+" by the loss "\w+": the one gives (labels|distances), the other takes (labels|distances)$/,
      where,
      fix,
    });
  refused(
    { target: distance, loss: { terms: [{ type: "bce" }] } },
    "loss.terms[0]",
    /^Use a loss for distances: .*squaredError/,
  );
  refused(
    { loss: { terms: [{ type: "bce" }, { type: "squaredError" }] } },
    "loss.terms[1]",
    /^Use a loss for labels: (?!.*squaredError).*dice/,
  );
  const heads = [headOf({ type: "binary" }, "dice"), {
    ...headOf(distance, "dice"),
    name: "b",
  }];
  refused({ heads }, "heads[1].loss.terms[0]", /squaredError/);
});

Deno.test("checkHeads() refuses a first head that is not of clefts", () => {
  const changes = {
    target: { type: "polarity" },
    loss: { terms: [{ type: "bce" }] },
  };
  throws(() => checkHeads(specOf(changes)), {
    message:
      'Cannot predict clefts by the target "polarity": it is of partners',
    where: "target",
  });
});
