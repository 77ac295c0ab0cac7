import type { EntityOwnership } from '@slipway/plugin-ownership-common';
import { EntityLink, TimeAgo } from '@slipway/plugin-platform-react';
import { sourceText, TeamLink } from '../parts';
import styles from './entity.module.css';

/** The accountable team of an entity, and where that is known from. */
export function Owner({ ownership }: { ownership: EntityOwnership }) {
  const { owner, ownerTitle, inheritedFrom, changedAt, goneAt } = ownership;
  return (
    <div className={styles.owner}>
      {owner ? (
        <strong>
          <TeamLink team={owner} title={ownerTitle} />
        </strong>
      ) : (
        <strong className={styles.none}>Nobody owns this</strong>
      )}
      {owner && (
        <span className={styles.quiet}>
          {inheritedFrom ? (
            <>
              inherited from <EntityLink entityRef={inheritedFrom} />
            </>
          ) : (
            <>known from {sourceText(ownership)}</>
          )}
        </span>
      )}
      <span className={styles.quiet}>
        {goneAt ? (
          <>
            gone from the catalog <TimeAgo at={goneAt} />
          </>
        ) : (
          <>
            changed <TimeAgo at={changedAt} />
          </>
        )}
      </span>
    </div>
  );
}
