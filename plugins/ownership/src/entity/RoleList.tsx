import type {
  OwnershipRoles,
  RoleHolder,
} from '@slipway/plugin-ownership-common';
import { EntityLink, InlineLink } from '@slipway/plugin-platform-react';
import { useOwnershipLinks } from '../links';
import styles from './entity.module.css';

const ROLES = {
  technicalLead: 'Technical lead',
  onCall: 'On call',
  securityContact: 'Security contact',
} as const;

/** Who has which role, and where that is inherited from. */
export function RoleList({ roles }: { roles: OwnershipRoles }) {
  return (
    <dl className={styles.roles}>
      {(Object.keys(ROLES) as Array<keyof typeof ROLES>).map(role => (
        <div key={role}>
          <dt>{ROLES[role]}</dt>
          <dd>
            <Holder holder={roles[role]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Holder({ holder }: { holder?: RoleHolder }) {
  const links = useOwnershipLinks();
  if (!holder) {
    return <span className={styles.quiet}>nobody named</span>;
  }
  const { kind, value, inheritedFrom } = holder;
  return (
    <>
      {kind === 'rotation' && (
        <InlineLink href={links.rotation(value)}>{value}</InlineLink>
      )}
      {kind === 'email' && <a href={`mailto:${value}`}>{value}</a>}
      {(kind === 'person' || kind === 'group') && (
        <EntityLink entityRef={value} />
      )}
      {inheritedFrom && (
        <span className={styles.quiet}>
          {' '}
          inherited from <EntityLink entityRef={inheritedFrom} />
        </span>
      )}
    </>
  );
}
