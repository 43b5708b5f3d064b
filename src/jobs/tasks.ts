import type { Account } from '../accounts/account.ts';
import { createTurns } from '../lib/turns.ts';
import { newTask, type Task } from './task.ts';

/** The open jobs of all accounts: which of them has a turn, which sleeps, and who waits for them. */
export interface Tasks {
  /** The task of a job, made where it is not known. */
  taskFor(account: Account, id: bigint): Task;
  find(account: Account, id: bigint): Task | undefined;
  of(account: Account): Task[];
  /** Gives a task a turn. */
  makeReady(task: Task): void;
  /** Gives it a turn when the account's clock has reached `at`, ms. */
  sleep(task: Task, at: number): void;
  /** Tells those who wait for a task that it rests. */
  settle(task: Task): void;
  /** Resolves when a task rests, which is given a turn first. */
  settled(task: Task): Promise<void>;
  /** Forgets a task: nothing moves it any more, and nobody waits for it. */
  drop(task: Task): void;
  dropAll(account: Account): void;
  /** No more turns; nobody is kept waiting. */
  stop(): void;
  readonly isStopped: boolean;
}

/** @param work what a task does in its turn; `sliceMs` is how long it may take; it must not throw */
export function createTasks(work: (task: Task, sliceMs: number) => void): Tasks {
  const known = new Map<Account, Map<bigint, Task>>();
  /** How to take back the alarm of a task that sleeps. */
  const sleeping = new Map<Task, () => void>();
  const turns = createTurns<Task>((task, sliceMs) => {
    if (!task.isOver) work(task, sliceMs);
  });

  const rouse = (task: Task) => {
    sleeping.get(task)?.();
    sleeping.delete(task);
  };

  const tasks: Tasks = {
    taskFor(account, id) {
      const ofAccount = known.get(account) ?? new Map<bigint, Task>();
      const task = ofAccount.get(id) ?? newTask(account, id);
      known.set(account, ofAccount.set(id, task));
      return task;
    },
    find: (account, id) => known.get(account)?.get(id),
    of: (account) => [...(known.get(account)?.values() ?? [])],
    makeReady(task) {
      rouse(task);
      turns.add(task);
    },
    sleep(task, at) {
      rouse(task);
      sleeping.set(
        task,
        task.account.alarm.set(at, () => tasks.makeReady(task)),
      );
    },
    settle(task) {
      for (const done of [...task.done.splice(0), ...task.readers.splice(0)]) done();
    },
    settled: (task) =>
      new Promise<void>((resolve) => {
        if (turns.isStopped) return resolve();
        task.done.push(resolve);
        tasks.makeReady(task);
      }),
    drop(task) {
      task.isOver = true;
      rouse(task);
      known.get(task.account)?.delete(task.id);
      tasks.settle(task);
    },
    dropAll(account) {
      for (const task of tasks.of(account)) tasks.drop(task);
      known.delete(account);
    },
    stop() {
      turns.stop();
      for (const takeBack of sleeping.values()) takeBack();
      for (const account of known.keys()) for (const task of tasks.of(account)) tasks.settle(task);
    },
    get isStopped() {
      return turns.isStopped;
    },
  };
  return tasks;
}
