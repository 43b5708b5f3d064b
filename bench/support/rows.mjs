// The contacts that imports are measured with: four columns, addresses in no order, the same for the same count.

/** @returns [email, age, city, plan] for each of `count` contacts */
export function* contactsOf(count, prefix = 'user') {
  let seed = 12_345;
  for (let i = 0; i < count; i += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    yield [
      `${prefix}${seed.toString(36)}.${i}@example${i % 7}.com`,
      18 + (i % 60),
      `City ${i % 1000}`,
      `plan${i % 5}`,
    ];
  }
}

/** @returns CSV text with a header, `count` records, and addresses that begin with `prefix` */
export function csvOf(count, prefix) {
  const lines = ['"email","age","city","plan"'];
  for (const [email, age, city, plan] of contactsOf(count, prefix)) {
    lines.push(`"${email}",${age},"${city}","${plan}"`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
