import * as z from 'zod';
import { allOperations } from '../operations.ts';
import type { ControlRoute } from './route.ts';
import { typedRoute } from './typed-route.ts';

export const coverageRoutes: readonly ControlRoute[] = [
  typedRoute({
    method: 'GET',
    path: '/coverage',
    scope: 'both',
    description:
      'Lists every operation with the evidence for its behaviour and how often it was called, and what was called that Mockjet lacks; without credentials for all accounts since the start.',
    example: '',
    answer: z.strictObject({
      operations: z.array(
        z.strictObject({
          operation: z.string(),
          isBuilt: z.boolean(),
          evidence: z.enum(['recorded', 'documented', 'reported', 'assumed']).optional(),
          calls: z.number().int(),
        }),
      ),
      gaps: z.array(z.strictObject({ feature: z.string(), calls: z.number().int() })),
    }),
    handler({ server, account }) {
      const coverage = account === undefined ? server.coverage : server.control(account).coverage;
      return {
        operations: allOperations().map((operation) => ({
          ...operation,
          calls: coverage.calls(operation.operation),
        })),
        gaps: coverage.gaps(),
      };
    },
  }),
];
