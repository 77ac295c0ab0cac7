import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useEffect, type ReactNode } from 'react';
import styles from './PageFrame.module.css';

/** What stands at the top of a page. */
export interface PageFrameProps {
  title: string;
  /** The pages above this one, outermost first. */
  crumbs?: Array<{ label: string; href: string | undefined }>;
  /** Stands right of the title. */
  badge?: ReactNode;
  /** Stands below the title. */
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the platform: title, what can be done, and the content. */
export function PageFrame(props: PageFrameProps) {
  const { title, crumbs = [], badge, subtitle, actions, children } = props;
  const appTitle = useApi(configApiRef).getOptionalString('app.title');

  useEffect(() => {
    document.title = appTitle ? `${title} | ${appTitle}` : title;
  }, [title, appTitle]);

  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <div className={styles.heading}>
          {crumbs.length > 0 && (
            <nav aria-label="Breadcrumbs" className={styles.crumbs}>
              {crumbs.map(({ label, href }, index) => (
                <span key={label}>
                  {index > 0 && <span aria-hidden="true"> / </span>}
                  <Link
                    href={href}
                    variant="body-small"
                    color="secondary"
                    standalone
                  >
                    {label}
                  </Link>
                </span>
              ))}
            </nav>
          )}
          <Flex align="center" gap="2" className={styles.titleRow}>
            <Text as="h1" variant="title-small" weight="bold">
              {title}
            </Text>
            {badge}
          </Flex>
          {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
