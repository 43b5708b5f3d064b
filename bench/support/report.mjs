// How a benchmark reports: one line of JSON for each figure.

/**
 * Prints a figure beside what it is set against.
 * @param aim `{ atLeast }` or `{ atMost }` of the ratio, or `{ text, met }` for what is no ratio
 */
export function report({ bench, ours, limit, unit, aim, note }) {
  const ratio = limit ? ours / limit : undefined;
  const met =
    aim.atLeast !== undefined
      ? ratio >= aim.atLeast
      : aim.atMost !== undefined
        ? ratio <= aim.atMost
        : aim.met;
  const text =
    aim.atLeast !== undefined
      ? `at least ${aim.atLeast}`
      : aim.atMost !== undefined
        ? `at most ${aim.atMost}`
        : aim.text;
  const row = {
    bench,
    ours: round(ours),
    limit: round(limit),
    ratio: round(ratio),
    unit,
    aim: text,
    met,
    note,
  };
  console.log(JSON.stringify(row));
}

function round(figure) {
  return figure === undefined ? undefined : Number(figure.toPrecision(4));
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * Reports loads of ours and of the bare server by the median of their rounds.
 * @param what `each`: how many of `unit` a request stands for
 */
export function reportLoads(
  bench,
  { ours, limit },
  { atLeast = 0.5, unit = 'requests/s', each = 1 } = {},
) {
  const of = (rounds, figure) => median(rounds.map((round) => round[figure]));
  report({
    bench,
    ours: of(ours, 'perSecond') * each,
    limit: of(limit, 'perSecond') * each,
    unit,
    aim: { atLeast },
    note: `p99 ${of(ours, 'p99').toFixed(1)} ms, bare ${of(limit, 'p99').toFixed(1)}; processor ${of(ours, 'cpu').toFixed(0)} µs a request, bare ${of(limit, 'cpu').toFixed(0)}`,
  });
}
