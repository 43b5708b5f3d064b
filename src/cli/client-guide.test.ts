import { expect, test } from 'vitest';
import { clientGuide } from './client-guide.ts';

test('docs/clients.md says what mockjet env prints', async () => {
  await expect(clientGuide()).toMatchFileSnapshot('../../docs/clients.md');
});
