import type { EnvironmentsView } from '@slipway/plugin-platform-common';
import { EmptyNotice, Panel, TimeAgo } from '@slipway/plugin-platform-react';
import { DefinitionTable } from './DefinitionTable';
import { ExplainPanel } from './ExplainPanel';
import { PendingPanel } from './PendingPanel';

/** The definitions as they were read, what they would change, and which one wins for a request. */
export function DefinitionsPart(props: { view: EnvironmentsView }) {
  const { definitions, readAt, pending } = props.view;
  return (
    <>
      <PendingPanel pending={pending} />
      <ExplainPanel view={props.view} />
      <Panel
        title="Definitions as read"
        aside={
          <>
            read <TimeAgo at={readAt} />
          </>
        }
      >
        {definitions.length === 0 ? (
          <EmptyNotice title="Nothing is defined">
            <span>
              A <code>ResourceDefinition</code> in a file of{' '}
              <code>environments/</code> says what can be asked for. It counts
              as soon as it is saved.
            </span>
          </EmptyNotice>
        ) : (
          <DefinitionTable definitions={definitions} />
        )}
      </Panel>
    </>
  );
}
