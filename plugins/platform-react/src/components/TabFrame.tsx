import type { ReactNode } from 'react';
import styles from './TabFrame.module.css';

/** The content of a tab: parts below each other. */
export function TabFrame(props: { children: ReactNode }) {
  return <div className={styles.frame}>{props.children}</div>;
}
