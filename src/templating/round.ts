/**
 * Rounds to so many decimals, halves away from zero (assumed), as the number reads in decimal: 1.005 with two is 1.01.
 * @param places 0 to 15; below 0 it rounds to tens, hundreds ...
 */
export function roundTo(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  const [digits = '0', exponent = '0'] = value.toPrecision(15).split('e');
  const shifted = Number(`${digits}e${Number(exponent) + places}`);
  if (!Number.isFinite(shifted) || Math.abs(shifted) > Number.MAX_SAFE_INTEGER) return value;
  const whole = Math.sign(shifted) * Math.round(Math.abs(shifted));
  return Number(`${whole}e${-places}`) || 0;
}
