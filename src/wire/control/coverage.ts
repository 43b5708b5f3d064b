import { allOperations } from '../operations.ts';
import type { ControlRoute } from './route.ts';

export const coverageRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/coverage',
    scope: 'both',
    description:
      'Lists every operation with the evidence for its behaviour and how often it was called, and what was called that Mockjet lacks; without credentials for all accounts since the start.',
    example: '',
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
  },
];
