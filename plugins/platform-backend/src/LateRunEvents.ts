import type { RunEventSink } from '@slipway/plugin-platform-node';

/** Modules are given this before there is a run engine; what they tell until then waits for it. */
export class LateRunEvents implements RunEventSink {
  #connect: (sink: RunEventSink) => void = () => {};
  readonly #sink = new Promise<RunEventSink>(resolve => {
    this.#connect = resolve;
  });

  connectTo(sink: RunEventSink): void {
    this.#connect(sink);
  }

  async eventHappened(
    ...event: Parameters<RunEventSink['eventHappened']>
  ): Promise<void> {
    await (await this.#sink).eventHappened(...event);
  }
}
