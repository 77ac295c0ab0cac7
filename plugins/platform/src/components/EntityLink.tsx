import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import { usePlatformLinks } from '../routes';
import styles from './EntityLink.module.css';
import { isEntityRef, PersonName } from './PersonName';

/** The name of a person or team, leading to their page. */
export function EntityLink(props: {
  entityRef: string;
  /** What it is called here; left out, its name. */
  children?: ReactNode;
}) {
  const { entityRef, children = <PersonName entityRef={entityRef} /> } = props;
  const links = usePlatformLinks();
  const href = isEntityRef(entityRef) ? links.entity(entityRef) : undefined;
  return href ? (
    <Link href={href} className={styles.link}>
      {children}
    </Link>
  ) : (
    <>{children}</>
  );
}
