import type { Owner } from "./_objects.ts";
import { PjrtError } from "./pjrt_error.ts";

/**
 * Something that a device will have done, or failed at. Waiting for it, in
 * either way, frees it; the outcome stays.
 */
export class Event {
  #owner: Owner;
  #address: bigint;
  #outcome: { readonly error: PjrtError | null } | null = null;
  #done: Promise<void> | null = null;
  #isAwaited = false;

  /** Takes over an event of the plugin. */
  constructor(owner: Owner, address: bigint) {
    this.#owner = owner;
    this.#address = address;
    owner.objects.events.add(this);
  }

  /** Whether it has happened, or failed. */
  get isReady(): boolean {
    if (this.#outcome) return true;
    const { isReady } = this.#owner.calls
      .now("Event_IsReady", { event: this.#address });
    return (isReady & 1n) === 1n;
  }

  /**
   * Settles when it has happened. The event loop goes on meanwhile, and a
   * failure that nobody hears is no unhandled one.
   */
  get done(): Promise<void> {
    if (!this.#done) {
      this.#done = this.#awaitAside();
      this.#done.catch(() => {});
    }
    return this.#done;
  }

  /** Blocks until it has happened; throws what failed. */
  wait(): void {
    if (!this.#outcome) this.#settle(this.#try());
    this.#throw();
  }

  /** Frees it without waiting, as its outcome will be found elsewhere. */
  drop(): void {
    this.#settle(null);
  }

  async #awaitAside(): Promise<void> {
    if (!this.#outcome) {
      this.#isAwaited = true;
      const error = await this.#tryAside();
      this.#isAwaited = false;
      this.#settle(error);
    }
    this.#throw();
  }

  #try(): PjrtError | null {
    try {
      this.#owner.calls.now("Event_Await", { event: this.#address });
      return null;
    } catch (error) {
      if (error instanceof PjrtError) return error;
      throw error;
    }
  }

  async #tryAside(): Promise<PjrtError | null> {
    try {
      await this.#owner.calls.later("Event_Await", { event: this.#address });
      return null;
    } catch (error) {
      if (error instanceof PjrtError) return error;
      throw error;
    }
  }

  /** Notes the outcome; frees the event unless another thread still looks at it. */
  #settle(error: PjrtError | null): void {
    this.#outcome ??= { error };
    if (this.#isAwaited || this.#address === 0n) return;
    this.#owner.calls.now("Event_Destroy", { event: this.#address });
    this.#address = 0n;
    this.#owner.objects.events.delete(this);
  }

  #throw(): void {
    if (this.#outcome?.error) throw this.#outcome.error;
  }
}
