import * as z from 'zod';
import { packageVersion } from '../../lib/version.ts';
import type { ControlRoute } from './route.ts';
import { typedRoute } from './typed-route.ts';

/** @param all every route, these too */
export const aboutRoutes = (all: () => readonly ControlRoute[]): readonly ControlRoute[] => [
  typedRoute({
    method: 'GET',
    path: '',
    scope: 'server',
    description: 'Lists the routes of the control API.',
    example: '',
    answer: z.strictObject({
      name: z.string(),
      version: z.string(),
      routes: z.array(
        z.strictObject({
          method: z.string(),
          path: z.string(),
          scope: z.string(),
          description: z.string(),
        }),
      ),
    }),
    handler: () => ({
      name: 'mockjet',
      version: packageVersion(),
      routes: all().map(({ method, path, scope, description }) => ({
        method,
        path: `/_mockjet${path}`,
        scope,
        description,
      })),
    }),
  }),
  typedRoute({
    method: 'GET',
    path: '/config',
    scope: 'server',
    description: 'Shows the settings of the server, without secrets.',
    example: '',
    answer: z.record(z.string(), z.unknown()),
    handler: ({ server }) => server.config,
  }),
  typedRoute({
    method: 'GET',
    path: '/version',
    scope: 'server',
    description: 'Tells the version of Mockjet and of Node.',
    example: '',
    answer: z.strictObject({ version: z.string(), node: z.string() }),
    handler: () => ({ version: packageVersion(), node: process.version }),
  }),
  typedRoute({
    method: 'GET',
    path: '/ca.pem',
    scope: 'server',
    isPublic: true,
    description: 'Gives the certificate that clients must trust for HTTPS; it needs no token.',
    example: '-o mockjet-ca.pem',
    handler: async ({ server }) => ({
      contentType: 'application/x-pem-file',
      bytes: Buffer.from(await server.caPem()),
    }),
  }),
];
