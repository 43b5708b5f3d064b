/** Seed of this run's property tests; `FUZZ_SEED` makes an earlier run again. */
export const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** How many times as many cases as usual are tried, `FUZZ_TIMES`; their time grows along. */
export const times = Number(process.env.FUZZ_TIMES ?? 1);
