/// <reference lib="deno.worker" />
import { answerInThread, unpackXz } from "../voxels/mod.ts";

answerInThread<Uint8Array>(async (packed, result) => {
  const bytes = await unpackXz(packed, result.length);
  result.set(bytes);
  return bytes.length;
});
