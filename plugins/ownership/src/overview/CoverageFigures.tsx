import { Link } from '@backstage/ui';
import {
  FINDING_KINDS,
  type FindingKind,
  type OwnershipCoverage,
} from '@slipway/plugin-ownership-common';
import { useOwnershipLinks } from '../links';
import { shareOf } from './shareOf';
import styles from './overview.module.css';

const FIGURES: Record<FindingKind, { title: string; says: string }> = {
  orphan: { title: 'Without an owner', says: 'nobody answers for these' },
  stale: { title: 'Stale owners', says: 'no one active for 90 days' },
  'single-point': { title: 'One person only', says: 'nobody can step in' },
  conflict: { title: 'Sources disagree', says: 'files name different owners' },
  ingestion: { title: 'File not read', says: 'the catalog can’t take it' },
  'vacant-role': { title: 'Role vacant', says: 'its file names who is gone' },
};

/** How much is owned, and how much has a finding of each kind. */
export function CoverageFigures(props: { coverage: OwnershipCoverage }) {
  const { entities, owned, findings } = props.coverage;
  const links = useOwnershipLinks();
  const share = shareOf({ entities, owned });
  return (
    <div className={styles.figures}>
      <section className={styles.figure} aria-label="Owned by a living team">
        <h2>Owned by a living team</h2>
        <strong>{share.toFixed(1)} %</strong>
        <div className={styles.bar} aria-hidden="true">
          <div style={{ width: `${share}%` }} />
        </div>
        <span>
          {owned.toLocaleString()} of {entities.toLocaleString()} entities
        </span>
      </section>
      {FINDING_KINDS.map(kind => (
        <section
          key={kind}
          className={styles.figure}
          aria-label={FIGURES[kind].title}
        >
          <h2>{FIGURES[kind].title}</h2>
          <strong data-bad={kind === 'orphan' && findings[kind] > 0}>
            {findings[kind] === 0 ? (
              0
            ) : (
              <Link href={links.workItems({ kind })} standalone>
                {findings[kind].toLocaleString()}
              </Link>
            )}
          </strong>
          <span>{findings[kind] === 0 ? 'all well' : FIGURES[kind].says}</span>
        </section>
      ))}
    </div>
  );
}
