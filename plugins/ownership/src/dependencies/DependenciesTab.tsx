import { useApi } from '@backstage/frontend-plugin-api';
import type { DependencyGraph } from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  FilterBar,
  LiveView,
  Panel,
  TabFrame,
  useChoices,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useEntityRef } from '../entity/useOwnership';
import { onOwnership } from '../parts';
import { BlastRadiusPanel } from './BlastRadiusPanel';
import { DependencyDrawing } from './DependencyDrawing';
import { DependencyTable } from './DependencyTable';
import styles from './dependencies.module.css';

const DEPTHS = ['1', '2', '3'];

/** What the entity whose page this is needs, what needs it, and who would notice if it were gone. */
export function DependenciesTab() {
  const entityRef = useEntityRef();
  const ownershipApi = useApi(ownershipApiRef);
  const { choices, choose } = useChoices<{ depth?: string }>();
  const { depth = '1' } = choices;
  const live = useLive({
    key: `${entityRef} ${depth}`,
    ...onOwnership,
    query: options =>
      ownershipApi.getDependencies(entityRef, Number(depth), options),
  });
  return (
    <TabFrame>
      <FilterBar
        label="How far"
        filters={[
          {
            name: 'depth',
            label: 'Steps away',
            value: depth,
            options: DEPTHS.map(value => ({ value, label: value })),
          },
        ]}
        onChoose={(_, value) =>
          choose({ depth: value === '1' ? undefined : value })
        }
      />
      <Panel title="Dependencies" aside="what is right is needed">
        <LiveView live={live} what="the dependencies">
          {graph => <Dependencies graph={graph} />}
        </LiveView>
      </Panel>
      <BlastRadiusPanel entityRef={entityRef} />
    </TabFrame>
  );
}

function Dependencies({ graph }: { graph: DependencyGraph }) {
  return graph.edges.length === 0 ? (
    <EmptyNotice title="Nothing is known to depend on this, or to be needed by it">
      Write <code>dependsOn</code> or <code>consumesApis</code> into its entity
      file. What the platform makes for it shows up by itself.
    </EmptyNotice>
  ) : (
    <>
      <DependencyDrawing graph={graph} />
      {graph.truncated && (
        <p className={styles.note}>There is more than is shown.</p>
      )}
      <DependencyTable graph={graph} />
    </>
  );
}
