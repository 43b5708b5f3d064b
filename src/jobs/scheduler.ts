import type { Account } from '../accounts/account.ts';
import { patience, timeBudget } from '../lib/stopwatch.ts';
import { openJobs } from './job.ts';
import type { EndPlan, PaceSetting } from './pace.ts';
import type { Runner } from './runner.ts';
import { newTask, type Task } from './task.ts';
import { createTurns } from './turns.ts';

export interface Scheduler {
  /** Goes on with the jobs that an account has open. */
  attach(account: Account): void;
  /** Forgets an account that is put away. */
  detach(account: Account): void;
  /** True when an account has no job that could move by itself. */
  isIdle(account: Account): boolean;
  /** Takes care of a job just made; resolves when the answer to its POST may be sent. */
  made(account: Account, id: bigint): Promise<void> | undefined;
  /** Takes note that a job was read; resolves when the answer to its GET may be sent. */
  read(account: Account, id: bigint): Promise<void> | undefined;
  /** Moves a job one state on, work included. */
  step(account: Account, id: bigint): Promise<void>;
  /** Keeps one job where it is, whatever the pace, until it is released. */
  hold(account: Account, id: bigint): void;
  release(account: Account, id: bigint): void;
  isHeld(account: Account, id: bigint): boolean;
  /** Ends a job at once. False when it had ended. */
  end(account: Account, id: bigint, plan: Pick<EndPlan, 'end' | 'error'>): boolean;
  /** Resolves when no job of the account could go on at its time, or after `ms` of the machine's. */
  rest(account: Account, ms: number): Promise<void>;
  /** Makes a job end in another way when it would enter a state: a given one, or the next that is made. */
  plan(account: Account, plan: EndPlan, id?: bigint): void;
  /** Forgets pace, holds and plans of an account. */
  forget(account: Account): void;
  pace(account: Account): PaceSetting;
  setPace(account: Account, pace: PaceSetting): void;
  /** Stops all work between two slices. */
  stop(): void;
}

/** Makes what a slice of work asks whether it may go on. @param ms how long it may take */
export type SliceBudget = (ms: number) => () => boolean;

/** How much of a `polled` job's own work a GET waits for at most, in slices: however busy the others are. */
const longestWait = 50;

/**
 * Decides when each job takes its next step.
 * @param options the pace of accounts that have none of their own; `beforeSlice` does what a slice would hold up;
 *   `onFailure` is told when not even the failure of a job could be stored; `budget` says when a slice of work ends
 */
export function createScheduler(
  runner: Runner,
  options: PaceSetting & {
    beforeSlice?: () => void;
    onFailure: (error: unknown) => void;
    budget?: SliceBudget | undefined;
  },
): Scheduler {
  const paces = new WeakMap<Account, PaceSetting>();
  const plans = new WeakMap<Account, EndPlan[]>();
  const tasks = new Map<Account, Map<bigint, Task>>();
  /** How to take back the alarm of a task that sleeps. */
  const sleeping = new Map<Task, () => void>();

  const { pace, stateMs, budget = timeBudget } = options;
  const paceOf = (account: Account) => paces.get(account) ?? { pace, stateMs };

  const turns = createTurns<Task>((task, sliceMs) => {
    try {
      options.beforeSlice?.();
      advance(task, sliceMs);
    } catch (error) {
      // a database that takes no writes, a full disk: the job stays open for a step or the next start
      options.onFailure(error);
      drop(task);
    }
  });

  const rouse = (task: Task) => {
    sleeping.get(task)?.();
    sleeping.delete(task);
  };

  const makeReady = (task: Task) => {
    rouse(task);
    turns.add(task);
  };

  const settle = (task: Task) => {
    for (const done of [...task.done.splice(0), ...task.readers.splice(0)]) done();
  };

  const drop = (task: Task) => {
    task.isOver = true;
    rouse(task);
    tasks.get(task.account)?.delete(task.id);
    settle(task);
  };

  const advance = (task: Task, sliceMs: number) => {
    const { account, id } = task;
    if (task.isOver) return;
    const { step, since, entering } = runner.next(account, id);
    if (step === 'none') return drop(task);
    if (step === 'work') {
      runner.work(account, id, budget(sliceMs));
      task.slicesToRead -= 1;
      if (task.slicesToRead <= 0) for (const read of task.readers.splice(0)) read();
      return makeReady(task);
    }
    const { pace, stateMs } = paceOf(account);
    let at: number | undefined;
    if (task.moves > 0) task.moves -= 1;
    else if (task.isHeld || pace === 'polled' || pace === 'held') return settle(task);
    else if (pace === 'timed') {
      const waited = account.clock.now() - since;
      // negative: the clock was set back since then, and the job shall not wait for it to catch up
      if (waited >= 0 && waited < stateMs) {
        settle(task);
        sleeping.set(
          task,
          account.alarm.set(since + stateMs, () => makeReady(task)),
        );
        return;
      }
      // no time goes by on a frozen clock: after a jump forward a job has been where it was due
      if (account.clock.frozen && waited >= 0) at = since + stateMs;
    }
    const { plan } = task;
    if (plan !== undefined && (plan.before ?? 'Importing') === entering)
      runner.end(account, id, plan.end, plan.error);
    else runner.move(account, id, at);
    makeReady(task);
  };

  const taskFor = (account: Account, id: bigint): Task => {
    const known = tasks.get(account)?.get(id);
    if (known !== undefined) return known;
    const task = newTask(account, id);
    const ofAccount = tasks.get(account) ?? new Map<bigint, Task>();
    tasks.set(account, ofAccount.set(id, task));
    return task;
  };

  const wake = (account: Account) => {
    for (const task of tasks.get(account)?.values() ?? []) makeReady(task);
  };

  const settled = (task: Task) =>
    new Promise<void>((resolve) => {
      if (turns.isStopped) return resolve();
      task.done.push(resolve);
      makeReady(task);
    });

  const step = (account: Account, id: bigint) => {
    const task = taskFor(account, id);
    task.moves += 1;
    return settled(task);
  };

  return {
    attach(account) {
      for (const id of openJobs(account)) taskFor(account, id);
      wake(account);
    },
    detach(account) {
      for (const task of tasks.get(account)?.values() ?? []) drop(task);
      tasks.delete(account);
      runner.forget(account);
    },
    isIdle(account) {
      for (const task of tasks.get(account)?.values() ?? [])
        if (runner.next(account, task.id).step === 'none') drop(task);
      return (tasks.get(account)?.size ?? 0) === 0;
    },
    made(account, id) {
      const task = taskFor(account, id);
      task.plan = plans.get(account)?.shift();
      if (paceOf(account).pace === 'instant') return settled(task);
      makeReady(task);
      return undefined;
    },
    read(account, id) {
      if (paceOf(account).pace !== 'polled' || runner.next(account, id).step === 'none')
        return undefined;
      const task = taskFor(account, id);
      // however often a state is read while its work lasts, it is left once
      task.moves = 1;
      // The next GET shall find the next state, unless the work for it takes long.
      task.slicesToRead = longestWait;
      makeReady(task);
      return turns.isStopped ? undefined : new Promise((resolve) => task.readers.push(resolve));
    },
    step,
    hold(account, id) {
      taskFor(account, id).isHeld = true;
    },
    release(account, id) {
      const task = taskFor(account, id);
      task.isHeld = false;
      makeReady(task);
    },
    isHeld: (account, id) => tasks.get(account)?.get(id)?.isHeld ?? false,
    end(account, id, { end, error }) {
      const task = tasks.get(account)?.get(id);
      if (task !== undefined) drop(task);
      return runner.end(account, id, end, error);
    },
    async rest(account, ms) {
      const all = [...(tasks.get(account)?.values() ?? [])].map(
        (task) =>
          new Promise<void>((resolve) => {
            task.done.push(resolve);
            makeReady(task);
          }),
      );
      if (all.length > 0) await Promise.race([Promise.all(all), patience(ms)]);
    },
    plan(account, plan, id) {
      if (id !== undefined) taskFor(account, id).plan = plan;
      else plans.set(account, [...(plans.get(account) ?? []), plan]);
    },
    forget(account) {
      paces.delete(account);
      plans.delete(account);
    },
    pace: paceOf,
    setPace(account, pace) {
      paces.set(account, pace);
      wake(account);
    },
    stop() {
      turns.stop();
      for (const takeBack of sleeping.values()) takeBack();
      for (const ofAccount of tasks.values()) for (const task of ofAccount.values()) settle(task);
    },
  };
}
