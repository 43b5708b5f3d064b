import { describe, expect, it } from 'vitest';
import { readConfig, settings } from './config.ts';
import type { Setting } from './setting.ts';

/** What no setting but a text takes. */
const nonsense = '-1 of\u0000';

describe('a wrong setting', () => {
  const all = Object.values(settings).map((setting: Setting) => [setting.flag, setting] as const);
  it.each(all)('%s is refused in plain words, by flag and by environment', (flag, setting) => {
    for (const [origin, read] of [
      ...(setting.isSwitch ? [] : [[flag, () => readConfig([`${flag}=${nonsense}`], {})] as const]),
      [setting.environment, () => readConfig([], { [setting.environment]: nonsense })],
    ] as const) {
      let refusal = '';
      try {
        read();
      } catch (error) {
        refusal = String((error as Error).message); // readConfig throws Errors
      }
      expect(refusal).not.toMatch(/expected|received|invalid|option:/i);
      if (refusal !== '' && !refusal.startsWith('Set both'))
        expect(refusal).toMatch(new RegExp(`^${origin}: .* is not (an?|one) `));
      if (setting.isSecret) expect(refusal).not.toContain(nonsense);
    }
  });

  it('names each wrong one', () =>
    expect(() => readConfig(['--port', 'x', '--mails=0'], { MOCKJET_PACE: 'fast' })).toThrow(
      /^--port: "x" is not a port \(0 to 65535\); MOCKJET_PACE: "fast" is not one of .*; --mails: "0" is not a whole number from 1 on$/,
    ));
});
