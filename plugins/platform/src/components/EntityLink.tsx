import type { ReactNode } from 'react';
import { usePlatformLinks } from '../routes';
import { InlineLink } from './InlineLink';
import { isEntityRef, PersonName } from './PersonName';

/** The name of a person or team, leading to their page. */
export function EntityLink(props: {
  entityRef: string;
  /** What it is called here; left out, its name. */
  children?: ReactNode;
}) {
  const { entityRef, children = <PersonName entityRef={entityRef} /> } = props;
  const links = usePlatformLinks();
  return (
    <InlineLink
      href={isEntityRef(entityRef) ? links.entity(entityRef) : undefined}
    >
      {children}
    </InlineLink>
  );
}
