import type {
  Resource,
  ResourceOffer,
  ResourceType,
} from '@slipway/plugin-platform-common';
import { useResourceTypes } from '../useResourceTypes';

/** What a resource could be in its environment. */
export interface Offers {
  /** Whether it is known what can be asked for. */
  isKnown: boolean;
  type?: ResourceType;
  /** A class each, of its type, in its environment. */
  offers: ResourceOffer[];
  /** That of the class it is in. */
  current?: ResourceOffer;
}

/** The resource type of a resource, and its classes in its environment. */
export function useOffers(
  resource: Pick<Resource, 'type' | 'class' | 'environment'>,
): Offers {
  const { data: types } = useResourceTypes();
  const type = types?.find(each => each.type === resource.type);
  const offers = (type?.offers ?? []).filter(
    ({ environment }) => environment === resource.environment,
  );
  return {
    isKnown: types !== undefined,
    type,
    offers,
    current: offers.find(offer => offer.class === resource.class),
  };
}
