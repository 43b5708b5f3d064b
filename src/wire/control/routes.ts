import { aboutRoutes } from './about.ts';
import { accountRoutes } from './accounts.ts';
import { clockRoutes } from './clock.ts';
import { coverageRoutes } from './coverage.ts';
import { faultRoutes } from './faults.ts';
import { jobRoutes } from './jobs.ts';
import { requestRoutes } from './requests.ts';
import type { ControlRoute } from './route.ts';
import { seedRoutes } from './seed.ts';
import { snapshotRoutes } from './snapshots.ts';

/** Every route below `/_mockjet`, in the order of docs/control.md. */
export const controlRoutes: readonly ControlRoute[] = [
  ...accountRoutes,
  ...snapshotRoutes,
  ...seedRoutes,
  ...clockRoutes,
  ...jobRoutes,
  ...faultRoutes,
  ...requestRoutes,
  ...coverageRoutes,
  ...aboutRoutes(() => controlRoutes),
];
