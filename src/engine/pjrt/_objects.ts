import type { Flight } from "./_flight.ts";
import type { DeviceBuffer } from "./buffer.ts";
import type { Event } from "./event.ts";
import type { Executable } from "./executable.ts";

/** What a client has to free before it is freed itself; each adds and removes itself. */
export class Objects {
  readonly flights = new Set<Flight>();
  readonly buffers = new Set<DeviceBuffer>();
  readonly events = new Set<Event>();
  readonly executables = new Set<Executable>();
}
