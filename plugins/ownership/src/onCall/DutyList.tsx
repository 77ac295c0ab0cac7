import type {
  OnCallDuty,
  OnCallPerson,
} from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  EntityLink,
  InlineLink,
} from '@slipway/plugin-platform-react';
import { useOwnershipLinks } from '../links';
import { LocalTime } from './LocalTime';
import styles from './onCall.module.css';

/** Who is on call now, and who is next. */
export function DutyList({ duties }: { duties: OnCallDuty[] }) {
  const links = useOwnershipLinks();
  if (duties.length === 0) {
    return (
      <EmptyNotice title="Nobody is named">
        Add a rotation to <code>org/oncall</code>, or name somebody in the
        annotation <code>slipway.dev/on-call</code>.
      </EmptyNotice>
    );
  }
  return (
    <ul className={styles.duties}>
      {duties.map((duty, index) => (
        <li key={duty.rotation ?? index}>
          <OnDuty person={duty.now} />
          {duty.next && (
            <span className={styles.next}>
              next{' '}
              <EntityLink entityRef={duty.next.person}>
                {duty.next.title}
              </EntityLink>
              {duty.next.since && (
                <>
                  , from <LocalTime at={duty.next.since} />
                </>
              )}
            </span>
          )}
          {duty.rotation && (
            <span className={styles.next}>
              rotation{' '}
              <InlineLink href={links.rotation(duty.rotation)}>
                {duty.rotation}
              </InlineLink>
              {duty.inheritedFrom && (
                <>
                  {' '}
                  of <EntityLink entityRef={duty.inheritedFrom} />
                </>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Who is on call now and until when, or that nobody is. */
export function OnDuty({ person }: { person?: OnCallPerson }) {
  return person ? (
    <span>
      <EntityLink entityRef={person.person}>{person.title}</EntityLink>
      {person.until && (
        <>
          {' '}
          until <LocalTime at={person.until} />
        </>
      )}
    </span>
  ) : (
    <span className={styles.gap}>Nobody is on call now</span>
  );
}
