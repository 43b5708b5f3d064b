import { constants } from 'node:os';

type Stop = (signal: NodeJS.Signals) => void;

/** As a shell tells that a signal ended a program. */
let stop: Stop = (signal) => process.exit(128 + constants.signals[signal]);

/** Makes SIGTERM and SIGINT end the process, even as the first of a container, which no signal ends by itself. */
export function endOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, (received) => stop(received));
}

/** What a signal does from now on, instead of ending the process at once. */
export function onSignal(then: Stop): void {
  stop = then;
}
