import { useApi } from '@backstage/frontend-plugin-api';
import {
  InlineLink,
  LiveView,
  Panel,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { DutyList } from '../onCall';
import { onOwnership } from '../parts';
import { useEntityRef } from './useOwnership';
import styles from './entity.module.css';

/** On the page of a group: how much it owns, and who is on call. */
export function TeamCard() {
  const team = useEntityRef();
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: team,
    ...onOwnership,
    query: options => ownershipApi.getTeam(team, options),
  });
  return (
    <Panel
      title="Answers for"
      aside={<InlineLink href={links.team(team)}>All of this team</InlineLink>}
    >
      <LiveView live={live} what="what the team owns">
        {({ counts, onCall }) => (
          <div className={styles.card}>
            <span>
              {Object.entries(counts)
                .map(([kind, count]) => `${count} ${kind}`)
                .join(', ') || 'Nothing yet'}
            </span>
            <DutyList duties={onCall} />
          </div>
        )}
      </LiveView>
    </Panel>
  );
}
