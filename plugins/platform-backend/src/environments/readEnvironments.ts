import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  type Environment,
  isEnvironmentName,
} from '@slipway/plugin-platform-common';

/** Reads the environments from `platform.environments`, in the order of promotion. Throws where one is not valid. */
export function readEnvironments(config: RootConfigService): Environment[] {
  const environments = config
    .getConfigArray('platform.environments')
    .map(item => {
      const name = item.getString('name');
      if (!isEnvironmentName(name)) {
        throw new Error(
          `platform.environments: "${name}" can't name an environment. Use 1 to 16 lower-case letters and digits, starting with a letter.`,
        );
      }
      return {
        name,
        title: item.getOptionalString('title') ?? name,
        autoDeploy: item.getOptionalBoolean('autoDeploy') ?? false,
        protected: item.getOptionalBoolean('protected') ?? false,
      };
    });
  const names = new Set(environments.map(({ name }) => name));
  if (environments.length === 0 || names.size !== environments.length) {
    throw new Error(
      'platform.environments must name at least one environment, and each of them once.',
    );
  }
  return environments;
}
