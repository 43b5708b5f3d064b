import { emailProblem } from '../lib/email-address.ts';
import { invalidEmailInGet, invalidEmailInPath } from '../lib/errors.ts';

/** Refuses a path key that is no address: GET has a prefix in its message (reported), PUT has none (the Java client's live test). */
export function checkEmailKey(key: string, use: 'get' | 'change'): void {
  const problem = emailProblem(key);
  if (problem === undefined) return;
  throw use === 'get' ? invalidEmailInGet(key, problem) : invalidEmailInPath(key, problem);
}
