import type { OwnedEntity } from '@slipway/plugin-ownership-common';
import { DataTable, EntityLink } from '@slipway/plugin-platform-react';
import { FindingBadge } from './FindingBadge';
import { sourceText } from './sourceText';
import { TeamLink } from './TeamLink';
import styles from './parts.module.css';

/** Entities, who owns each, and what is wrong with that. */
export function EntityTable(props: {
  entities: OwnedEntity[];
  /** Left out where all of them have one owner, which stands above. */
  withOwner?: boolean;
}) {
  const { entities, withOwner = false } = props;
  return (
    <DataTable
      columns={[
        'What',
        ...(withOwner ? ['Owner', 'Known from'] : []),
        'System',
        'Findings',
      ]}
    >
      {entities.map(entity => (
        <tr key={entity.entityRef}>
          <th scope="row" data-wide="">
            <EntityLink entityRef={entity.entityRef}>
              {entity.title ?? entity.name}
            </EntityLink>
            <span className={styles.below}>{describe(entity)}</span>
          </th>
          {withOwner && (
            <>
              <td data-label="Owner">
                {entity.owner ? (
                  <TeamLink team={entity.owner} title={entity.ownerTitle} />
                ) : (
                  <span className={styles.none}>nobody</span>
                )}
              </td>
              <td data-label="Known from">{sourceText(entity)}</td>
            </>
          )}
          <td data-label="System">
            {entity.system && <EntityLink entityRef={entity.system} />}
          </td>
          <td>
            <span className={styles.badges}>
              {entity.findings.map(kind => (
                <FindingBadge key={kind} kind={kind} />
              ))}
            </span>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function describe({ kind, type, lifecycle }: OwnedEntity): string {
  return [type ?? kind.toLocaleLowerCase('en-US'), lifecycle]
    .filter(Boolean)
    .join(', ');
}
