import type { VNode } from "preact";
import { Command } from "../part/command.tsx";
import type { LiveServer } from "./data.ts";

/** Says whether the page is told of what happens. */
export function Connection(): VNode {
  return (
    <span class="connection needs-script" id="connection" role="status">
      live
    </span>
  );
}

/** Says that the page is told no more, and how to go on; shown once that is so. */
export function ServerEnded({ again }: Pick<LiveServer, "again">): VNode {
  return (
    <div id="ended" class="ended" role="alert" hidden>
      <p data-why="ended">
        <b>deno task ui has ended</b>, so this page stands still. Runs go on
        without it. Start it again by
      </p>
      <p data-why="silent">
        <b>deno task ui does not answer</b>, so this page stands still. It goes
        on by itself where the connection comes back, such as that of ssh; if
        the command has ended, start it again by
      </p>
      <p data-why="elsewhere">
        <b>deno task ui was started again</b>, so this page stands still. Its
        address is a new one each time: open the one that it printed, or start
        it in another terminal by
      </p>
      <Command text={again} />
      <p class="muted" data-why="ended silent">
        and open the address that it prints: it is a new one each time, so that
        nobody else can guess it.
      </p>
    </div>
  );
}
