/**
 * A CSV file with every kind of error that an import knows: too few and too many columns, addresses that are none,
 * duplicates near and far in another case, values that do not fit their property, broken quotes, records of two lines.
 */
export function messyFile(rows, random) {
  const lines = ['email,age,town,since'];
  for (let n = 0; n < rows; n += 1) lines.push(line(n, random));
  return `${lines.join('\n')}\n`;
}

function line(n, random) {
  const address = `person${n}@example.com`;
  const age = random.below(100);
  switch (random.below(60)) {
    case 0:
      return address;
    case 1:
      return `${address},${age},Bath,2020-01-01T00:00:00Z,more`;
    case 2:
      return `person${n},${age},Bath,2020-01-01T00:00:00Z`;
    case 3:
      return `PERSON${random.below(n + 1)}@Example.com,${age},York,2020-01-01T00:00:00Z`;
    case 4:
      return `person${Math.max(0, n - random.below(5))}@example.com,${age},Hove,2020-01-01T00:00:00Z`;
    case 5:
      return `${address},old,Bath,2020-01-01T00:00:00Z`;
    case 6:
      return `${address},${age},Bath,yesterday`;
    case 7:
      return `${address},${age},"open,2020-01-01T00:00:00Z`;
    case 8:
      return `${address},${age},"Two\nlines",2020-01-01T00:00:00Z`;
    case 9:
      return `${address},,,`;
    default:
      return `${address},${age},Town ${age},2020-01-${String(1 + (age % 28)).padStart(2, '0')}T00:00:00Z`;
  }
}
