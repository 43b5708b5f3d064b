import { beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../lib/clock.ts';
import { type Alarm, createAlarm } from './alarm.ts';

let clock: Clock;
let alarm: Alarm;
let rung: string[];
const noon = 1_772_366_400_000;
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  clock = createClock();
  clock.freeze(noon);
  alarm = createAlarm(clock);
  rung = [];
});

const set = (name: string, at: number) => alarm.set(at, () => rung.push(name));

describe('on a frozen clock', () => {
  it('rings nothing by itself, and what falls due when it is advanced, in the order of the times', async () => {
    set('late', noon + 2000);
    set('early', noon + 1000);
    set('far', noon + 2001);
    await turn();
    expect(rung).toEqual([]);
    clock.advance(2000);
    expect(rung).toEqual(['early', 'late']);
    clock.advance(86_400_000);
    expect(rung).toEqual(['early', 'late', 'far']);
    expect(alarm.isEmpty).toBe(true);
  });

  it('rings what is due already in a later turn, not within the call', async () => {
    set('past', noon - 1);
    expect(rung).toEqual([]);
    await turn();
    await turn();
    expect(rung).toEqual(['past']);
  });

  it('wakes who waits when the clock is set back behind the moment of the call', () => {
    set('waiting', noon + 1000);
    clock.advance(500);
    clock.freeze(noon);
    expect(rung).toEqual([]);
    clock.freeze(noon - 1);
    expect(rung).toEqual(['waiting']);
  });

  it('keeps what is set anew while it rings', () => {
    alarm.set(noon + 1000, () => set('again', noon + 3000));
    clock.advance(1000);
    expect(alarm.isEmpty).toBe(false);
    clock.advance(2000);
    expect(rung).toEqual(['again']);
  });
});

it.each(['taken back', 'cleared'])('rings nothing that was %s', (how) => {
  const takeBack = set('gone', noon + 1);
  if (how === 'taken back') takeBack();
  else alarm.clear();
  clock.advance(1);
  expect(rung).toEqual([]);
  expect(alarm.isEmpty).toBe(true);
});

it('rings at its time on a clock that runs, also one that is let run after it was frozen', async () => {
  const ringing = new Promise<void>((resolve) => alarm.set(noon + 5, resolve));
  clock.run();
  await ringing;
  expect(clock.now()).toBeGreaterThanOrEqual(noon + 5);
});
