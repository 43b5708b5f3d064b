import { aboutRoutes } from './about.ts';
import { accountRoutes } from './accounts.ts';
import { clockRoutes } from './clock.ts';
import { contactRoutes } from './contacts.ts';
import { coverageRoutes } from './coverage.ts';
import { deliveryRoutes } from './deliveries.ts';
import { faultRoutes } from './faults.ts';
import { jobRoutes } from './jobs.ts';
import { mailEventRoutes } from './mail-events.ts';
import { mailPartRoutes } from './mail-parts.ts';
import { mailRoutes } from './mails.ts';
import { outcomeRoutes } from './outcomes.ts';
import { requestRoutes } from './requests.ts';
import type { ControlRoute } from './route.ts';
import { seedRoutes } from './seed.ts';
import { segmentRoutes } from './segments.ts';
import { snapshotRoutes } from './snapshots.ts';
import { templateRoutes } from './templates.ts';

/** The routes below `/_mockjet` by what they are about, in the order of docs/control.md. */
export const routeFamilies: Readonly<Record<string, readonly ControlRoute[]>> = {
  'Accounts and reset': accountRoutes,
  Snapshots: snapshotRoutes,
  Seed: seedRoutes,
  Clock: clockRoutes,
  Jobs: jobRoutes,
  'Contacts, lists and properties': contactRoutes,
  Segments: segmentRoutes,
  Mails: [...mailRoutes, ...mailPartRoutes, ...mailEventRoutes],
  Templates: templateRoutes,
  Outcomes: outcomeRoutes,
  Webhooks: deliveryRoutes,
  'Faults and rate limit': faultRoutes,
  Requests: requestRoutes,
  Coverage: coverageRoutes,
  'The server': aboutRoutes(() => controlRoutes),
};

/** Every route below `/_mockjet`. */
export const controlRoutes: readonly ControlRoute[] = Object.values(routeFamilies).flat();
