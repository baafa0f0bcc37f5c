import { ExperimentError } from "@/core/mod.ts";
import { NEEDED_BYTES } from "./_functions.ts";

/** A version of the interface; minor ones only add to it. */
export interface InterfaceVersion {
  /** Another one is another interface. */
  readonly major: number;
  /** A higher one has more. */
  readonly minor: number;
}

/** What a plugin says of itself at the beginning of its `PJRT_Api`. */
export interface ApiHead {
  /** How many bytes of functions it has. */
  readonly bytes: number;
  /** Which interface it speaks. */
  readonly version: InterfaceVersion;
}

/** The oldest interface that we can speak: its structs have only grown since. */
export const OLDEST: InterfaceVersion = { major: 0, minor: 54 };

/** Reads the head of a `PJRT_Api`: its size, and the version at byte 32. */
export function readHead(view: DataView): ApiHead {
  return {
    bytes: Number(view.getBigUint64(0, true)),
    version: {
      major: view.getInt32(32, true),
      minor: view.getInt32(36, true),
    },
  };
}

/**
 * Refuses a plugin whose interface we cannot speak.
 *
 * @throws {ExperimentError} That the plugin is too old, or of another interface.
 */
export function checkHead({ bytes, version }: ApiHead, path: string): void {
  const { major, minor } = version;
  const found = `${major}.${minor}`, oldest = `${OLDEST.major}.${OLDEST.minor}`;
  if (major !== OLDEST.major) {
    throw new ExperimentError(
      `Cannot use the PJRT plugin as its interface is ${found}, not ${OLDEST.major}.x`,
      {
        where: path,
        fix: `Use a plugin of interface ${oldest} or a later 0.x`,
      },
    );
  }
  if (minor < OLDEST.minor || bytes < NEEDED_BYTES) {
    throw new ExperimentError(
      `Cannot use the PJRT plugin as it is too old: its interface is ${found} with ${bytes} bytes, the oldest supported is ${oldest} with ${NEEDED_BYTES}`,
      { where: path, fix: "Use a newer version of the plugin" },
    );
  }
}
