/**
 * Makes a test for texts out of a pattern in which `*` stands for any text; letters in any case.
 * A part between two stars is looked for once, from where the one before it ended: no text takes more than one pass.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const [start = '', ...others] = pattern.toLowerCase().split('*');
  const end = others.pop();
  if (end === undefined) return (text) => text.toLowerCase() === start;
  return (given) => {
    const text = given.toLowerCase();
    if (text.length < start.length + end.length) return false;
    if (!text.startsWith(start) || !text.endsWith(end)) return false;
    let at = start.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - end.length;
  };
}
