import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './InlineLink.module.css';

/** A link within a text that looks like the text around it, underlined; plain text where there is no such page. */
export function InlineLink(props: {
  href: string | undefined;
  children: ReactNode;
}) {
  const { href, children } = props;
  return href ? (
    <Link href={href} className={styles.link}>
      {children}
    </Link>
  ) : (
    <>{children}</>
  );
}
