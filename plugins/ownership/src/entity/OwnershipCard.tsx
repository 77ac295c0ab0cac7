import { LiveView, Panel } from '@slipway/plugin-platform-react';
import { DutyList } from '../onCall';
import { FindingBadge } from '../parts';
import { Owner } from './Owner';
import { useEntityRef, useOwnership } from './useOwnership';
import styles from './entity.module.css';

/** On the overview of an entity: who owns it, and who answers for it now. */
export function OwnershipCard() {
  const live = useOwnership(useEntityRef());
  return (
    <Panel title="Ownership">
      <LiveView live={live} what="who owns this">
        {ownership => (
          <div className={styles.card}>
            <Owner ownership={ownership} />
            {ownership.onCall && <DutyList duties={[ownership.onCall]} />}
            {ownership.findings.length > 0 && (
              <span className={styles.badges}>
                {ownership.findings.map(({ id, kind }) => (
                  <FindingBadge key={id} kind={kind} />
                ))}
              </span>
            )}
          </div>
        )}
      </LiveView>
    </Panel>
  );
}
