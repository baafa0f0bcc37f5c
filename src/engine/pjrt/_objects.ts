import type { Calls } from "./_call.ts";
import type { Device } from "./device.ts";

/** What a client has to free before it is freed itself; each adds and removes itself. */
export class Objects {
  /** Work that is under way. */
  readonly flights = new Set<Landing>();
  /** Arrays in devices' memory. */
  readonly buffers = new Set<Disposable>();
  /** Ends of work that nobody has seen yet. */
  readonly events = new Set<{ readonly done: Promise<void> }>();
  /** Compiled programs. */
  readonly executables = new Set<Disposable>();
}

/** Work that a client waits for before it is freed. */
export interface Landing {
  /** Whether it is over. */
  readonly isReady: boolean;
  /** Settles when it is over. */
  readonly done: Promise<void>;
  /** Lets go of what it held once it is over. */
  collect(): void;
}

/** What buffers, events and executables belong to: a client, as far as they see it. */
export interface Owner {
  /** The plugin's functions. */
  readonly calls: Calls;
  /** Its devices, in the plugin's order. */
  readonly devices: readonly Device[];
  /** What has not been freed. */
  readonly objects: Objects;
  /** A device by its number. */
  deviceAt(index: number): Device;
  /** Lets go of what work held that is over by now. */
  collect(): void;
}
