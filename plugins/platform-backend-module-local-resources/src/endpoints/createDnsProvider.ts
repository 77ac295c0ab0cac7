import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Agent } from '../Agent';
import { createEndpointProvider } from './createEndpointProvider';
import { hostOf } from './hostOf';
import type { RouterAddress } from './RouterAddress';
import { hostLabel } from './schemas';

const parameters = z.strictObject({
  host: hostLabel
    .optional()
    .describe('The name before .localhost; left out, one is made.'),
});

/** A host name that is kept for the routes of one team: Score's `dns`. */
export function createDnsProvider(
  agent: Agent,
  router: RouterAddress,
): ResourceProvider {
  return createEndpointProvider<z.infer<typeof parameters>>(agent, {
    name: 'local-dns',
    type: 'dns',
    title: 'Host name',
    description: 'A host name for routes to lead from.',
    parameters,
    outputs: {
      host: { description: 'The host name.' },
      url: { description: 'The address, without a path.' },
    },
    endpointOf: resource => ({
      host: hostOf(resource, resource.parameters.host),
      path: '/',
    }),
    outputsOf: endpoint => {
      const { host, url } = router.of(endpoint.host);
      return { host, url };
    },
  });
}
