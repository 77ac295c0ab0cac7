import type { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import styles from './TabLinks.module.css';

/** The parts of a page, each with an address of its own. */
export function TabLinks(props: {
  /** What the parts are parts of. */
  label: string;
  tabs: Array<{ title: ReactNode; href: string }>;
}) {
  return (
    <nav aria-label={props.label} className={styles.tabs}>
      <ul>
        {props.tabs.map(({ title, href }) => (
          <li key={href}>
            <NavLink to={href} end>
              {title}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
