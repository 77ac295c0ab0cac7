import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { ButtonLink, Link } from '@backstage/ui';
import type { Approval } from '@slipway/plugin-platform-common';
import type { PlatformData } from '../live';
import { Panel } from './Panel';
import styles from './HomePage.module.css';

/** What waits for me to agree; nothing at all where nothing does. */
export function WaitingForMe(props: { approvals: PlatformData<Approval[]> }) {
  const { approvals } = props;
  if (!approvals.value?.length && !approvals.error) {
    return undefined;
  }
  return (
    <Panel
      title="Waiting for you"
      className={styles.first}
      aside={
        <Link href="/approvals" standalone color="secondary">
          All approvals
        </Link>
      }
      data={approvals}
    >
      {items => (
        <ul className={styles.approvals}>
          {items.map(({ id, run }) => (
            <li key={id}>
              <div>
                <Link
                  href={`/approvals/${id}`}
                  standalone
                  weight="bold"
                  className={styles.runTitle}
                >
                  {run.title}
                </Link>
                <p>
                  asked by{' '}
                  <EntityDisplayName
                    entityRef={run.requestedBy}
                    hideIcon
                    disableTooltip
                  />
                </p>
              </div>
              <ButtonLink
                href={`/approvals/${id}`}
                variant="secondary"
                size="small"
                aria-label={`Review ${run.title}`}
              >
                Review
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
