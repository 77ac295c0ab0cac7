import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { RiCloseLine, RiMenuLine, RiNotification3Line } from '@remixicon/react';
import { useEffect, useMemo, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router-dom';
import { arrangePages, type NavigationLink } from './arrangePages';
import { LogoMark } from './LogoMark';
import { SearchBox } from './SearchBox';
import { SignedInUser } from './SignedInUser';
import { useActiveRunCount } from './useActiveRunCount';
import { useApprovalCount } from './useApprovalCount';
import { useUnreadNotifications } from './useUnreadNotifications';
import styles from './Navigation.module.css';

const PANEL_ID = 'navigation-panel';

/** The navigation: a column beside the page, a bar with a menu on a narrow screen. */
export function Navigation({ navItems }: NavContentComponentProps) {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const arrangement = useMemo(
    () => arrangePages(navItems.clone().rest()),
    [navItems],
  );
  const activeRuns = useActiveRunCount();
  const approvals = useApprovalCount();
  const unread = useUnreadNotifications();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();

  useEffect(() => setOpen(false), [pathname]);

  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const close = (event: KeyboardEvent) =>
      event.key === 'Escape' && setOpen(false);
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);

  const counts: Record<string, { count: number; meaning: string }> = {
    '/runs': { count: activeRuns, meaning: 'of your runs under way' },
    '/approvals': { count: approvals, meaning: 'waiting for you' },
  };
  const renderLink = (link: NavigationLink) => (
    <li key={link.href}>
      <NavLink to={link.href} end={link.href === '/'} className={styles.link}>
        {link.title}
        <Count {...counts[link.href]} />
      </NavLink>
    </li>
  );

  return (
    // The navigation is dark in both modes, and so are the parts inside it.
    <header className={styles.root} data-theme-mode="dark">
      <div className={styles.bar}>
        <Link to="/" className={styles.logo}>
          <LogoMark />
          {title ?? 'Slipway'}
        </Link>
        <Link
          to="/notifications"
          className={styles.iconButton}
          aria-label={
            unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'
          }
        >
          <RiNotification3Line size={18} />
          {unread > 0 && (
            <span className={styles.unread} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </Link>
        <button
          type="button"
          className={`${styles.iconButton} ${styles.menuButton}`}
          aria-expanded={open}
          aria-controls={PANEL_ID}
          aria-label={open ? 'Close menu' : 'Open menu'}
          onClick={() => setOpen(!open)}
        >
          {open ? <RiCloseLine size={20} /> : <RiMenuLine size={20} />}
        </button>
      </div>
      <div id={PANEL_ID} className={styles.panel} data-open={open}>
        <SearchBox />
        <nav aria-label="Main" className={styles.sections}>
          {arrangement.sections.map(section => (
            <div key={section.title ?? ''}>
              {section.title && (
                <h2 className={styles.sectionTitle}>{section.title}</h2>
              )}
              <ul className={styles.links}>{section.links.map(renderLink)}</ul>
            </div>
          ))}
          {arrangement.settings && (
            <ul className={`${styles.links} ${styles.settings}`}>
              {renderLink(arrangement.settings)}
            </ul>
          )}
        </nav>
        <SignedInUser />
      </div>
    </header>
  );
}

function Count(props: { count?: number; meaning?: string }) {
  if (!props.count) {
    return null;
  }
  return (
    <span className={styles.count}>
      {props.count}
      <span className={styles.spoken}> {props.meaning}</span>
    </span>
  );
}
