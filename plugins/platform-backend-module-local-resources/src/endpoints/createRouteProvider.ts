import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Agent } from '../Agent';
import { createEndpointProvider, serviceOf } from './createEndpointProvider';
import { hostOf } from './hostOf';
import type { RouterAddress } from './RouterAddress';
import { hostLabel, path, service } from './schemas';

const LOCALHOST = '.localhost';

const parameters = z.strictObject({
  host: z
    .string()
    .transform(host =>
      host.endsWith(LOCALHOST) ? host.slice(0, -LOCALHOST.length) : host,
    )
    .pipe(hostLabel)
    .describe('The output "host" of a resource of the type dns.'),
  path: path
    .default('/')
    .describe('Only requests at or below it; * stands for any one segment.'),
  port: z
    .union([z.number().int(), z.string()])
    .optional()
    .describe(
      'A port of the service. Here each has one, so that none is chosen by it.',
    ),
  service: service
    .optional()
    .describe('Where requests go; left out, to the service that asks.'),
});

/** A way from a host name to a service: Score's `route`. */
export function createRouteProvider(
  agent: Agent,
  router: RouterAddress,
): ResourceProvider {
  return createEndpointProvider<z.infer<typeof parameters>>(agent, {
    name: 'local-route',
    type: 'route',
    title: 'Route',
    description:
      'Leads requests for a host name, at or below a path, to a service.',
    parameters,
    outputs: { url: { description: 'The whole address.' } },
    endpointOf: resource => ({
      host: hostOf(resource, resource.parameters.host),
      path: resource.parameters.path,
      service: serviceOf(resource, resource.parameters.service),
    }),
    outputsOf: endpoint => ({
      url: router.of(endpoint.host, endpoint.path).url,
    }),
  });
}
