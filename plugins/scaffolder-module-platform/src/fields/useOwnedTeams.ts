import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** A team the signed-in person belongs to. */
export interface OwnedTeam {
  ref: string;
  title: string;
}

/** The teams the signed-in person belongs to, sorted by title. */
export function useOwnedTeams() {
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  return useAsyncRetry(async (): Promise<OwnedTeam[]> => {
    const identity = await identityApi.getBackstageIdentity();
    const refs = identity.ownershipEntityRefs.filter(
      ref => parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group',
    );
    if (refs.length === 0) {
      return [];
    }
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: refs,
      fields: ['metadata', 'spec.profile'],
    });
    return refs
      .map((ref, index) => ({
        ref,
        title:
          titleOf(items[index]?.spec?.profile) ??
          items[index]?.metadata.title ??
          parseEntityRef(ref).name,
      }))
      .sort((a, b) => a.title.localeCompare(b.title));
  }, [catalogApi, identityApi]);
}

function titleOf(profile: unknown): string | undefined {
  const { displayName } = (profile ?? {}) as { displayName?: string };
  return displayName;
}
