import type { Account } from '../accounts/account.ts';
import { patience, timeBudget } from '../lib/stopwatch.ts';
import { openJobs, type State } from './job.ts';
import { nextMove } from './next-move.ts';
import type { EndPlan, PaceSetting } from './pace.ts';
import type { Runner } from './runner.ts';
import type { Task } from './task.ts';
import { createTasks, type Tasks } from './tasks.ts';

export interface Scheduler {
  /** Goes on with the jobs that an account has open. */
  attach(account: Account): void;
  /** Forgets an account that is put away. */
  detach(account: Account): void;
  /** True when an account has no job that could move by itself, or that would be forgotten to be held. */
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

/** What a scheduler is told when it is made. */
export interface SchedulerOptions extends PaceSetting {
  /** Does what a slice would hold up. */
  beforeSlice?: () => void;
  /** Told when not even the failure of a job could be stored. */
  onFailure: (error: unknown) => void;
  /** Says when a slice of work ends. */
  budget?: SliceBudget | undefined;
}

/**
 * Decides when each job takes its next step.
 * @param options also the pace of accounts that have none of their own
 */
export function createScheduler(runner: Runner, options: SchedulerOptions): Scheduler {
  const paces = createPaces(options);
  const plans = new WeakMap<Account, EndPlan[]>();
  const tasks: Tasks = createTasks((task, sliceMs) => {
    try {
      options.beforeSlice?.();
      const hasTime = (options.budget ?? timeBudget)(sliceMs);
      advance(task, hasTime, { runner, tasks, pace: paces.of(task.account) });
    } catch (error) {
      // a database that takes no writes, a full disk: the job stays open for a step or the next start
      options.onFailure(error);
      tasks.drop(task);
    }
  });
  const wake = (account: Account) => tasks.of(account).forEach(tasks.makeReady);
  return {
    attach(account) {
      for (const id of openJobs(account)) tasks.taskFor(account, id);
      wake(account);
    },
    detach(account) {
      tasks.dropAll(account);
      runner.forget(account);
    },
    isIdle(account) {
      const { pace } = paces.of(account);
      let isIdle = true;
      for (const task of tasks.of(account)) {
        const { step } = runner.next(account, task.id);
        if (step === 'none') tasks.drop(task);
        // what a held pace keeps where it is finds it so again
        else if (pace !== 'held' || step === 'work' || isAsked(task)) isIdle = false;
      }
      return isIdle;
    },
    made(account, id) {
      const task = tasks.taskFor(account, id);
      task.plan = plans.get(account)?.shift();
      if (paces.of(account).pace === 'instant') return tasks.settled(task);
      tasks.makeReady(task);
      return undefined;
    },
    read(account, id) {
      const isPolled = paces.of(account).pace === 'polled';
      if (!isPolled || runner.next(account, id).step === 'none') return undefined;
      return moveOnRead(tasks, tasks.taskFor(account, id));
    },
    step(account, id) {
      const task = tasks.taskFor(account, id);
      task.moves += 1;
      return tasks.settled(task);
    },
    hold(account, id) {
      tasks.taskFor(account, id).isHeld = true;
    },
    release(account, id) {
      const task = tasks.taskFor(account, id);
      task.isHeld = false;
      tasks.makeReady(task);
    },
    isHeld: (account, id) => tasks.find(account, id)?.isHeld ?? false,
    end(account, id, { end, error }) {
      const task = tasks.find(account, id);
      if (task !== undefined) tasks.drop(task);
      return runner.end(account, id, end, error);
    },
    async rest(account, ms) {
      const all = tasks.of(account).map(tasks.settled);
      if (all.length > 0) await Promise.race([Promise.all(all), patience(ms)]);
    },
    plan(account, plan, id) {
      if (id !== undefined) tasks.taskFor(account, id).plan = plan;
      else plans.set(account, [...(plans.get(account) ?? []), plan]);
    },
    forget(account) {
      paces.forget(account);
      plans.delete(account);
    },
    pace: paces.of,
    setPace(account, pace) {
      paces.set(account, pace);
      wake(account);
    },
    stop: tasks.stop,
  };
}

/** Whether a test wants something of a task that is kept nowhere else. */
const isAsked = ({ isHeld, plan, moves, done, readers }: Task) =>
  isHeld || plan !== undefined || moves > 0 || done.length > 0 || readers.length > 0;

/** The paces of accounts, or the one of all others. */
function createPaces({ pace, stateMs }: PaceSetting) {
  const own = new WeakMap<Account, PaceSetting>();
  return {
    of: (account: Account): PaceSetting => own.get(account) ?? { pace, stateMs },
    set: (account: Account, setting: PaceSetting) => void own.set(account, setting),
    forget: (account: Account) => void own.delete(account),
  };
}

/** One turn of a job: a slice of work, or a move when its pace allows one. */
function advance(
  task: Task,
  hasTime: () => boolean,
  { runner, tasks, pace }: { runner: Runner; tasks: Tasks; pace: PaceSetting },
): void {
  const { account, id } = task;
  const { step, since, entering } = runner.next(account, id);
  if (step === 'none') tasks.drop(task);
  else if (step === 'work') {
    runner.work(account, id, hasTime);
    task.slicesToRead -= 1;
    if (task.slicesToRead <= 0) for (const read of task.readers.splice(0)) read();
    tasks.makeReady(task);
  } else {
    const move = nextMove(task, since, pace, account.clock);
    if ('enterAt' in move) {
      if (task.moves > 0) task.moves -= 1;
      enterNext(task, runner, entering, move.enterAt);
      tasks.makeReady(task);
    } else {
      tasks.settle(task);
      if ('sleepUntil' in move) tasks.sleep(task, move.sleepUntil);
    }
  }
}

/** Enters the next state, or ends where a test has planned that. */
function enterNext(
  { account, id, plan }: Task,
  runner: Runner,
  entering: State | undefined,
  at: number | undefined,
): void {
  if (plan !== undefined && (plan.before ?? 'Importing') === entering)
    runner.end(account, id, plan.end, plan.error);
  else runner.move(account, id, at);
}

/** A polled job moves one state on after each GET; resolves when the answer to that GET may be sent. */
function moveOnRead(tasks: Tasks, task: Task): Promise<void> | undefined {
  // however often a state is read while its work lasts, it is left once
  task.moves = 1;
  // The next GET shall find the next state, unless the work for it takes long.
  task.slicesToRead = longestWait;
  tasks.makeReady(task);
  return tasks.isStopped ? undefined : new Promise((resolve) => task.readers.push(resolve));
}
