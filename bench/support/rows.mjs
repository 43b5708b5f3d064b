// The file that imports are measured with: four columns, addresses in no order, the same for the same count.

/** @returns CSV text with a header, `count` records, and addresses that begin with `prefix` */
export function csvOf(count, prefix = 'user') {
  let seed = 12_345;
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed;
  };
  const lines = ['"email","age","city","plan"'];
  for (let i = 0; i < count; i += 1) {
    lines.push(
      `"${prefix}${next().toString(36)}.${i}@example${i % 7}.com",${18 + (i % 60)},"City ${i % 1000}","plan${i % 5}"`,
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
};
