import { deepStrictEqual, match, throws } from "node:assert";
import { openRng } from "@/core/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { firstSnapshot } from "./snapshot.ts";

const networkOf = (filters: number[]) => {
  const entry = nets.schema.parse({ type: "resUnet", filters });
  return layOut(nets.create(entry)({ heads: 1, levels: 0 }));
};
const network = networkOf([2, 3]);
const slotNames = ["mean", "square"];
const snapshot = {
  ...firstSnapshot(network, { slotNames }, openRng(1)),
  step: 7,
};
const decode = (bytes: Uint8Array, into = network) =>
  decodeCheckpoint(bytes, into, { slotNames, where: "last.safetensors" });

Deno.test("decodeCheckpoint() gives back what encodeCheckpoint() wrote", () => {
  deepStrictEqual(decode(encodeCheckpoint(snapshot, network)), snapshot);
});

Deno.test("decodeCheckpoint() refuses a file cut off at any of many places", () => {
  const bytes = encodeCheckpoint(snapshot, network);
  for (let length = 0; length < bytes.length; length += 97) {
    throws(() => decode(bytes.slice(0, length)), /Cannot load checkpoint/);
  }
});

Deno.test("decodeCheckpoint() names the weight that another network lacks", () => {
  throws(
    () => decode(encodeCheckpoint(snapshot, network), networkOf([2, 4])),
    (error) => {
      match(`${error}`, /encoder1\/conv0\/kernel" is .*×2×3, should be .*×2×4/);
      return true;
    },
  );
});

Deno.test("decodeCheckpoint() refuses a newer format", () => {
  const text = new TextDecoder("latin1").decode(
    encodeCheckpoint(snapshot, network),
  );
  const newer = text.replace("cleft-checkpoint-1", "cleft-checkpoint-9");
  const bytes = Uint8Array.from(newer, (c) => c.charCodeAt(0));
  throws(() => decode(bytes), /its format is "cleft-checkpoint-9"/);
});
