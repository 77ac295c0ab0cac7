import type {
  DependencyGraph,
  DependencyNode,
} from '@slipway/plugin-ownership-common';

/** A node of the graph, and where it stands: in which column, and which place from above. */
export interface PlacedNode {
  node: DependencyNode;
  /** Below 0 what needs the entity, above 0 what it needs. */
  column: number;
  row: number;
}

/** Puts what needs the entity to its left, and what it needs to its right, by how many steps away it is. */
export function columnsOf(graph: DependencyGraph): PlacedNode[] {
  const columns = new Map([[graph.entityRef, 0]]);
  for (const direction of [1, -1]) {
    let reached = [graph.entityRef];
    for (let step = 1; reached.length > 0; step += 1) {
      const from = new Set(reached);
      reached = graph.edges
        .filter(edge => from.has(direction === 1 ? edge.from : edge.to))
        .map(edge => (direction === 1 ? edge.to : edge.from))
        .filter(ref => !columns.has(ref));
      reached.forEach(ref => columns.set(ref, direction * step));
    }
  }
  const heights = new Map<number, number>();
  return graph.nodes.map(node => {
    const column = columns.get(node.entityRef) ?? 0;
    const row = heights.get(column) ?? 0;
    heights.set(column, row + 1);
    return { node, column, row };
  });
}
