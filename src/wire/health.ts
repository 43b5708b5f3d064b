import type { FastifyInstance } from 'fastify';

/** Paths that something outside asks for every few seconds. */
export const healthPaths: ReadonlySet<string | undefined> = new Set([
  '/livez',
  '/readyz',
  '/health',
]);

/** `/livez`, `/readyz` and `/health`: our own, without credentials. */
export function healthRoutes(app: FastifyInstance, isReady: () => boolean): void {
  app.get('/livez', () => ({ status: 'ok' }));
  for (const url of ['/readyz', '/health']) {
    app.get(url, (_request, reply) => {
      if (isReady()) return { status: 'ok' };
      return reply.code(503).send({ status: 'stopping' });
    });
  }
}
