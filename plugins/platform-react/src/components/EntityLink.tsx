import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';
import { InlineLink } from './InlineLink';
import { isEntityRef, PersonName } from './PersonName';

/** The name of an entity, leading to its page where there is one. */
export function EntityLink(props: {
  entityRef: string;
  /** What it is called here; left out, its name. */
  children?: ReactNode;
}) {
  const { entityRef, children = <PersonName entityRef={entityRef} /> } = props;
  const link = useRouteRef(entityRouteRef);
  return (
    <InlineLink
      href={
        isEntityRef(entityRef) ? link?.(parseEntityRef(entityRef)) : undefined
      }
    >
      {children}
    </InlineLink>
  );
}
