import type { Flight } from "./_flight.ts";
import type { DeviceBuffer } from "./buffer.ts";

/** A run of an executable, which goes on by itself. */
export class Execution {
  /**
   * What it gives, a list for each device. They can be inputs of the next run
   * at once; reading one waits for it. They belong to the caller.
   */
  readonly outputs: readonly (readonly DeviceBuffer[])[];
  #flight: Flight;

  /** Describes work that has begun. */
  constructor(
    flight: Flight,
    outputs: readonly (readonly DeviceBuffer[])[],
  ) {
    this.#flight = flight;
    this.outputs = outputs;
  }

  /** Whether it is over. */
  get isDone(): boolean {
    return this.#flight.isReady;
  }

  /**
   * Settles when it is over; rejects with a {@linkcode PjrtError} if it failed.
   * Nothing has to await it: a failure reaches whoever reads an output.
   */
  get done(): Promise<void> {
    return this.#flight.done;
  }

  /** Blocks until it is over; throws a {@linkcode PjrtError} if it failed. */
  wait(): void {
    this.#flight.wait();
  }
}
