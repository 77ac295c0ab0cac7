import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** The signed-in person. */
export interface Self {
  userEntityRef: string;
  /** The person and the teams they belong to. */
  ownershipEntityRefs: string[];
}

/** Who is signed in; `undefined` until that is known. */
export function useSelf(): Self | undefined {
  const identityApi = useApi(identityApiRef);
  const [self, setSelf] = useState<Self>();
  useEffect(() => {
    let current = true;
    identityApi.getBackstageIdentity().then(
      identity => current && setSelf(identity),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [identityApi]);
  return self;
}
