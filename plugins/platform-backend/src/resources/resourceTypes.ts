import type { JsonObject } from '@backstage/types';
import type {
  ResourceAbility,
  ResourceType,
} from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { Environments } from '../environments';
import type { ResourceProviders } from './ResourceProviders';

/** What can be asked for, type by type. Where several providers make a type, it is described as the first offer's does. */
export function resourceTypes(
  environments: Pick<Environments, 'definitions' | 'offers'>,
  providers: ResourceProviders,
): ResourceType[] {
  const types = environments.definitions().map(({ match }) => match.type);
  return [...new Set(types)].sort().flatMap(type => {
    const offers = environments.offers(type);
    const provider = offers
      .map(offer => providers.find(offer.provider))
      .find(found => found !== undefined);
    return provider
      ? [
          {
            type,
            title: provider.title,
            description: provider.description,
            parameters: schemaOf(provider),
            outputs: Object.entries(provider.outputs).map(
              ([name, { description, secret = false }]) => ({
                name,
                description,
                secret,
              }),
            ),
            abilities: abilitiesOf(provider),
            offers,
          },
        ]
      : [];
  });
}

/** What a provider can do beside making and destroying. */
export function abilitiesOf(provider: ResourceProvider): ResourceAbility[] {
  const abilities: Record<ResourceAbility, boolean> = {
    rotate: provider.rotation !== undefined,
    restore: provider.softDelete !== undefined,
    'accept-drift': provider.acceptDrift !== undefined,
    adopt: provider.adoption !== undefined,
  };
  return (Object.keys(abilities) as ResourceAbility[]).filter(
    ability => abilities[ability],
  );
}

function schemaOf({ parameters }: ResourceProvider): JsonObject {
  return z.toJSONSchema(parameters, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonObject;
}
