import { expect, it } from 'vitest';
import { commandGuide } from './command-guide.ts';

it('docs/command-line.md is what the commands are made of', () =>
  expect(commandGuide()).toMatchFileSnapshot('../../docs/command-line.md'));
