import { packageVersion } from '../lib/version.ts';
import { print, readArguments } from './arguments.ts';

/** `mockjet version`: of this command. Exit code 0. */
export function version(argv: readonly string[]): number {
  const { isJson } = readArguments(argv);
  const version = packageVersion();
  print(isJson, { version }, version);
  return 0;
}
