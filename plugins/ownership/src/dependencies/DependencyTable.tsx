import type {
  DependencyEdge,
  DependencyGraph,
  DependencyNode,
} from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EntityLink,
  StateBadge,
} from '@slipway/plugin-platform-react';
import { TeamLink } from '../parts';
import { differenceText, originText } from './originText';

/** The same as the drawing says, a row for each dependency. */
export function DependencyTable({ graph }: { graph: DependencyGraph }) {
  const nodes = new Map(graph.nodes.map(node => [node.entityRef, node]));
  return (
    <DataTable
      label="Dependencies"
      columns={['This', 'needs', 'Owner of that', 'Known from']}
    >
      {graph.edges.map(edge => (
        <Row
          key={`${edge.from} ${edge.to}`}
          edge={edge}
          from={nodes.get(edge.from)}
          to={nodes.get(edge.to)}
        />
      ))}
    </DataTable>
  );
}

function Row(props: {
  edge: DependencyEdge;
  from?: DependencyNode;
  to?: DependencyNode;
}) {
  const { edge, from, to } = props;
  const difference = differenceText(edge);
  return (
    <tr>
      <th scope="row">
        <EntityLink entityRef={edge.from}>{from?.title}</EntityLink>
      </th>
      <td data-label="needs">
        <EntityLink entityRef={edge.to}>{to?.title}</EntityLink>
      </td>
      <td data-label="of">
        {to?.owner ? (
          <TeamLink team={to.owner} title={to.ownerTitle} />
        ) : (
          'nobody'
        )}
      </td>
      <td>
        {originText(edge)}{' '}
        {difference && (
          <StateBadge state="warning" tone="warning" label={difference} />
        )}
      </td>
    </tr>
  );
}
