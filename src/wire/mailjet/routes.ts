import { dataRoutes } from './data.ts';
import type { MailjetRoute } from './route.ts';
import { sendRoutes } from './send.ts';
import { v4Routes } from './v4.ts';

/** Every route of Mailjet's outside `/v3/REST`, a file a family. */
export const mailjetRoutes: readonly MailjetRoute[] = [...dataRoutes, ...v4Routes, ...sendRoutes];
