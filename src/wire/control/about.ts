import { packageVersion } from '../../lib/version.ts';
import type { ControlRoute } from './route.ts';

/** @param all every route, these too */
export const aboutRoutes = (all: () => readonly ControlRoute[]): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '',
    scope: 'server',
    description: 'Lists the routes of the control API.',
    example: '',
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
  },
  {
    method: 'GET',
    path: '/config',
    scope: 'server',
    description: 'Shows the settings of the server, without secrets.',
    example: '',
    handler: ({ server }) => server.config,
  },
  {
    method: 'GET',
    path: '/version',
    scope: 'server',
    description: 'Tells the version of Mockjet and of Node.',
    example: '',
    handler: () => ({ version: packageVersion(), node: process.version }),
  },
  {
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
  },
];
