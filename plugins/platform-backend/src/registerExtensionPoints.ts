import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import {
  decidersExtensionPoint,
  forgeExtensionPoint,
  pipelineEngineExtensionPoint,
  resourceProvidersExtensionPoint,
  runEventsExtensionPoint,
  runKindsExtensionPoint,
  runtimeExtensionPoint,
} from '@slipway/plugin-platform-node';
import type { Providers } from './Providers';

/** Lets modules of the platform bring what they have. */
export function registerExtensionPoints(
  env: Pick<BackendPluginRegistrationPoints, 'registerExtensionPoint'>,
  providers: Providers,
): void {
  env.registerExtensionPoint(forgeExtensionPoint, providers);
  env.registerExtensionPoint(pipelineEngineExtensionPoint, providers);
  env.registerExtensionPoint(runtimeExtensionPoint, providers);
  env.registerExtensionPoint(runKindsExtensionPoint, providers);
  env.registerExtensionPoint(decidersExtensionPoint, providers);
  env.registerExtensionPoint(runEventsExtensionPoint, providers.runEvents);
  env.registerExtensionPoint(resourceProvidersExtensionPoint, providers);
}
