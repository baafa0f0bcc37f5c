import type { BuildCheck, SetupResult, Trial } from "@/engine/mod.ts";

/** Whether something in the cache is as it was unpacked. */
export function checkLine(
  { title, folder, bytes, faults, command }: BuildCheck,
): string {
  return faults.length === 0
    ? `${title}: right (${mebibytes(bytes)} MiB in ${folder})`
    : `${title}: ${faults.join(", ")} (in ${folder}); ` +
      `${command} sets it up again`;
}

/** That something is set up. */
export function readyLine(
  what: string,
  { folder, bytes, seconds }: SetupResult,
): string {
  return `${what} is ready in ${folder} (${mebibytes(bytes)} MiB, ${
    seconds.toFixed(1)
  } s)`;
}

/** What a plugin says of itself. */
export function deviceLine({ facts: { devices, versions } }: Trial): string {
  return `Devices: ${devices.join(", ")} (interface ${versions.pjrt}, ` +
    `${versions.platform})`;
}

/** That something computes right. */
export function selfTestLine(
  { selfTest: { gradientError, weightsSha256 } }: Trial,
): string {
  return `Self-test passed: gradient error ${
    gradientError.toPrecision(2)
  }, weights ${weightsSha256.slice(0, 16)}`;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
