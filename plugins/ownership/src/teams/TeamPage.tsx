import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { TeamDetail } from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  EntityLink,
  InlineLink,
  LiveView,
  PageFrame,
  Panel,
  useLive,
} from '@slipway/plugin-platform-react';
import { useParams } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { FindingTable } from '../findings';
import { useOwnershipLinks } from '../links';
import { DutyList } from '../onCall';
import { onOwnership, TeamLink } from '../parts';
import { OwnedEntities } from './OwnedEntities';
import { TeamServices } from './TeamServices';
import { TeamWork } from './TeamWork';
import styles from './teams.module.css';

/** A team: its people, what it owns and how that is, who is on call, and what waits for it. */
export function TeamPage() {
  const { namespace = 'default', name = '' } = useParams();
  const team = `group:${namespace}/${name}`;
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: team,
    ...onOwnership,
    query: options => ownershipApi.getTeam(team, options),
  });
  return (
    <PageFrame
      title={live.data?.title ?? name}
      crumbs={[
        { label: 'Ownership', href: links.overview() },
        { label: 'Teams', href: links.teams() },
      ]}
      subtitle={live.data?.description}
      actions={
        <ButtonLink
          variant="secondary"
          href={links.newTransfer({ owner: team })}
        >
          Offer a transfer
        </ButtonLink>
      }
    >
      <LiveView live={live} what="the team">
        {detail => (
          <div className={styles.columns}>
            <div className={styles.column}>
              <Panel title="Owns" aside={countsText(detail)}>
                <OwnedEntities team={team} />
              </Panel>
              <TeamServices team={team} />
              {detail.findings.items.length > 0 && (
                <Panel
                  title="Work items"
                  aside={
                    detail.findings.nextCursor && (
                      <InlineLink href={links.workItems({ who: team })}>
                        All work items
                      </InlineLink>
                    )
                  }
                >
                  <FindingTable
                    findings={detail.findings.items}
                    onChanged={live.refresh}
                  />
                </Panel>
              )}
              <TeamWork team={team} />
            </div>
            <div className={styles.column}>
              <Panel title="On call">
                <DutyList duties={detail.onCall} />
              </Panel>
              <People team={detail} />
              <Place team={detail} />
            </div>
          </div>
        )}
      </LiveView>
    </PageFrame>
  );
}

function People({ team }: { team: TeamDetail }) {
  return (
    <Panel title="People" aside={team.people.length}>
      {team.people.length === 0 ? (
        <EmptyNotice title="Nobody is in this team">
          What it owns counts as without an owner. Add people, or offer it to
          another team.
        </EmptyNotice>
      ) : (
        <ul className={styles.list}>
          {team.people.map(({ person, title, email }) => (
            <li key={person}>
              <EntityLink entityRef={person}>{title}</EntityLink>
              {email && <a href={`mailto:${email}`}>{email}</a>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Which teams it is part of, and which are part of it. */
function Place({ team }: { team: TeamDetail }) {
  const { parents, children } = team;
  return parents.length + children.length === 0 ? null : (
    <Panel title="Part of">
      <ul className={styles.list}>
        {parents.map(parent => (
          <li key={parent.team}>
            <TeamLink {...parent} />
          </li>
        ))}
        {children.map(child => (
          <li key={child.team}>
            <span>
              has <TeamLink {...child} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function countsText({ counts }: TeamDetail): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
