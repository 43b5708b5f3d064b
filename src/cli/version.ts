import { packageVersion } from '../lib/version.ts';
import { type Arguments, print } from './arguments.ts';

/** `mockjet version`: of this command. Exit code 0. */
export function version({ isJson }: Arguments): number {
  const version = packageVersion();
  print(isJson, { version }, version);
  return 0;
}
