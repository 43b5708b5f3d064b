import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeComplaint } from './node-version.ts';
import { packageRoot } from './package-root.ts';

const oldest = '22.14';

test.each(['0.12.18', '18.20.8', '20.20.2', '22.12.0', '22.13.1'])(
  'Node %s is refused',
  (version) => {
    expect(nodeComplaint(version)).toContain(
      `needs Node.js ${oldest} or newer, and this is ${version}:`,
    );
  },
);

test.each(['22.14.0', '22.23.3', '23.0.0', '24.21.0', '26.10.0', '100.0.0'])(
  'Node %s will do',
  (version) => {
    expect(nodeComplaint(version)).toBeUndefined();
  },
);

test('package.json asks for the same', () => {
  const { engines } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  expect(engines).toEqual({ node: `>=${oldest}` });
});
