import { describe, expect, it } from 'vitest';
import { reasonPhrase } from './reason-phrase.ts';

/** What a client reads that takes the bytes of the status line for UTF-8; throws where they are none. */
const readBack = (phrase: string) =>
  new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(phrase, 'latin1'));

describe('reasonPhrase', () => {
  it.each([
    ['plain text', 'Object not found', 'Object not found'],
    ['Latin letters', 'nonçascii', 'nonçascii'],
    ['characters above U+00FF', '名前 😀', '名前 😀'],
    ['line breaks', 'a\r\nSet-Cookie: b', 'a  Set-Cookie: b'],
    ['NUL, escape and delete', 'a\0b\x1bc\x7fd', 'a b c d'],
    ['control characters of Latin-1', 'a\u0085b', 'a\u0085b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['nothing', '', ''],
  ])('makes %s safe for a status line', (_, text, read) => {
    expect(readBack(reasonPhrase(text))).toBe(read);
  });

  it.each([
    ['letters', 'x'.repeat(100_000), 512],
    ['two-byte characters', 'é'.repeat(100_000), 512],
    ['two-byte characters out of step', `x${'é'.repeat(100_000)}`, 511],
    ['three-byte characters', '名'.repeat(100_000), 510],
    ['four-byte characters out of step', `xyz${'😀'.repeat(100_000)}`, 511],
    ['lone surrogates', '\udfff'.repeat(100_000), 510],
    ['a pair that is cut', `${'x'.repeat(511)}😀`, 511],
  ])('bounds %s without cutting a character', (_, text, bytes) => {
    const phrase = reasonPhrase(text);
    expect(phrase.length).toBe(bytes);
    expect(readBack(phrase).length).toBeGreaterThan(0);
  });

  it('gives only what Node takes for a status line', () => {
    for (let code = 0; code < 0x3000; code += 1)
      expect(reasonPhrase(`a${String.fromCodePoint(code)}b`)).not.toMatch(
        /[^\t\x20-\x7e\x80-\xff]/,
      );
  });
});
