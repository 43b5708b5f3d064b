import type { Account } from '../accounts/account.ts';
import type { EndPlan } from './pace.ts';

/** What a scheduler knows of an open job. */
export interface Task {
  account: Account;
  id: bigint;
  /** How many more states to enter by itself. */
  moves: number;
  /** Told when it rests. */
  done: (() => void)[];
  /** Answers to GETs that wait for its move. */
  readers: (() => void)[];
  /** Slices of work until those answers are sent, though it has not moved. */
  slicesToRead: number;
  isHeld: boolean;
  plan: EndPlan | undefined;
  /** Its account was closed, or its job has ended: nothing may move it any more. */
  isOver: boolean;
}

/** A job that moves at the pace of its account. */
export function newTask(account: Account, id: bigint): Task {
  return {
    account,
    id,
    moves: 0,
    done: [],
    readers: [],
    slicesToRead: 0,
    isHeld: false,
    plan: undefined,
    isOver: false,
  };
}
