import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Agent } from '../Agent';
import { createEndpointProvider, serviceOf } from './createEndpointProvider';
import { hostOf } from './hostOf';
import type { RouterAddress } from './RouterAddress';
import { hostLabel, path, service } from './schemas';

const parameters = z.strictObject({
  host: hostLabel
    .optional()
    .describe('The name before .localhost; left out, one is made.'),
  path: path
    .default('/')
    .describe('Only requests at or below it; * stands for any one segment.'),
  service: service
    .optional()
    .describe('Where requests go; left out, to the service that asks.'),
});

/** A stable address of a service: requests go to the release that serves. */
export function createHttpEndpointProvider(
  agent: Agent,
  router: RouterAddress,
): ResourceProvider {
  return createEndpointProvider<z.infer<typeof parameters>>(agent, {
    name: 'local-http-endpoint',
    type: 'http-endpoint',
    title: 'HTTP endpoint',
    description:
      'An address of your choice for a service, whichever release serves.',
    parameters,
    outputs: {
      host: { description: 'The host name.' },
      port: { description: 'The port.' },
      url: { description: 'The whole address.' },
    },
    endpointOf: resource => ({
      host: hostOf(resource, resource.parameters.host),
      path: resource.parameters.path,
      service: serviceOf(resource, resource.parameters.service),
    }),
    outputsOf: endpoint => ({ ...router.of(endpoint.host, endpoint.path) }),
  });
}
