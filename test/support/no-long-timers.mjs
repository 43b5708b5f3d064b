// Loaded before the program: what waits for five seconds or more waits for ever. A server that a signal ends all the
// same has ended by a shorter time, however slow the machine is.
const { setTimeout } = globalThis;
const ever = 2 ** 31 - 1;
globalThis.setTimeout = Object.assign(
  (then, ms, ...rest) => setTimeout(then, ms >= 5_000 ? ever : ms, ...rest),
  setTimeout,
);
