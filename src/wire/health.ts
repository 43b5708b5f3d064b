import type { FastifyInstance } from 'fastify';

/** Paths that something outside asks for every few seconds. */
export const healthPaths: ReadonlySet<string | undefined> = new Set([
  '/livez',
  '/readyz',
  '/health',
]);

/**
 * `/livez`, `/readyz` and `/health`: our own, without credentials.
 * @param trouble why the server can't serve, in a sentence; undefined while it can
 */
export function healthRoutes(app: FastifyInstance, trouble: () => string | undefined): void {
  app.get('/livez', () => ({ status: 'ok' }));
  for (const url of ['/readyz', '/health']) {
    app.get(url, (_request, reply) => {
      const why = trouble();
      if (why === undefined) return { status: 'ok' };
      return reply.code(503).send({ status: why });
    });
  }
}
