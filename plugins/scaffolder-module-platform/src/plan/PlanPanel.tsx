import { type ReactNode, useId } from 'react';
import styles from './PlanView.module.css';

/** The frame around what is going to happen. */
export function PlanPanel({ children }: { children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        What will happen
      </h3>
      {children}
    </section>
  );
}
