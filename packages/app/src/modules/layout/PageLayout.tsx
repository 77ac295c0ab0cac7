import {
  BreadcrumbEntry,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { Link, NavLink, useLocation, useResolvedPath } from 'react-router-dom';
import styles from './PageLayout.module.css';

/**
 * What stands above a page: the way here, its title, its one or two actions, and its tabs. Pages that
 * bring a header of their own keep it; this one then shows only the way here.
 */
export function PageLayout(props: PageLayoutProps) {
  const { title, titleLink, noHeader, headerActions, tabs, children } = props;
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { pathname } = useLocation();
  const { items: entries } = useBreadcrumbEntries();

  if (noHeader || !title) {
    return <>{children}</>;
  }
  // The tab that is open says its name already.
  const trail = entries.filter(
    entry => !tabs?.some(tab => tab.label === entry.label),
  );
  const toHref = (href: string) =>
    href.startsWith('/')
      ? href
      : `${parentPath}/${href}`.replace(/\/{2,}/g, '/');

  return (
    <BreadcrumbEntry
      entry={{ label: title, href: titleLink ?? (parentPath || '/') }}
    >
      <section className={styles.header} aria-label={title}>
        {trail.length > 0 && (
          <nav
            aria-label="Breadcrumbs"
            className={styles.trail}
            data-deep={trail.length > 1}
          >
            <ol>
              {trail.map((entry, index) => (
                <li key={entry.href}>
                  {index === trail.length - 1 &&
                  (index > 0 || entry.href === pathname) ? (
                    <span aria-current="page">{entry.label}</span>
                  ) : (
                    <Link to={entry.href}>{entry.label}</Link>
                  )}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          <div className={styles.actions}>{headerActions}</div>
        </div>
        {tabs && tabs.length > 1 && (
          <nav aria-label={title} className={styles.tabs}>
            <ul>
              {tabs.map(tab => (
                <li key={tab.id}>
                  <NavLink to={toHref(tab.href)}>{tab.label}</NavLink>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </section>
      {children}
    </BreadcrumbEntry>
  );
}
