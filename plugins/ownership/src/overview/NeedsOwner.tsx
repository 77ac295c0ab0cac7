import { useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyNotice,
  InlineLink,
  LiveView,
  Panel,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { FindingTable } from '../findings';
import { useOwnershipLinks } from '../links';
import { onOwnership } from '../parts';

const SHOWN = 5;

/** The first of what nobody owns. */
export function NeedsOwner(props: { total: number }) {
  const { total } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: 'orphans',
    ...onOwnership,
    query: options =>
      ownershipApi.listFindings({ kind: 'orphan', limit: SHOWN }, options),
  });
  return (
    <Panel
      title="Needs an owner"
      aside={
        total > SHOWN && (
          <InlineLink href={links.workItems({ kind: 'orphan' })}>
            All {total}
          </InlineLink>
        )
      }
    >
      <LiveView live={live} what="what needs an owner">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNotice title="Everything has an owner">
              What loses its owner shows up here, with who may take it.
            </EmptyNotice>
          ) : (
            <FindingTable findings={items} onChanged={live.refresh} />
          )
        }
      </LiveView>
    </Panel>
  );
}
