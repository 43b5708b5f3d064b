import { faultRoutes } from './faults.ts';
import { requestRoutes } from './requests.ts';
import type { ControlRoute } from './route.ts';

/** Every route below `/_mockjet`. */
export const controlRoutes: readonly ControlRoute[] = [...requestRoutes, ...faultRoutes];
