import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  DependencyEdge,
  DependencyGraph,
} from '@slipway/plugin-ownership-common';
import { keyboardScroll } from '@slipway/plugin-platform-react';
import type { ReactNode } from 'react';
import { useLinkClickHandler } from 'react-router-dom';
import { columnsOf, type PlacedNode } from './columnsOf';
import { differenceText } from './originText';
import styles from './dependencies.module.css';

const NODE = { width: 168, height: 44 };
const STEP = { x: 232, y: 60 };
const MARGIN = 8;
const LONGEST_TITLE = 22;

/** What needs the entity at the left, what it needs at the right. The table below says the same in words. */
export function DependencyDrawing({ graph }: { graph: DependencyGraph }) {
  const placed = columnsOf(graph);
  const first = Math.min(...placed.map(({ column }) => column));
  const last = Math.max(...placed.map(({ column }) => column));
  const rows = Math.max(...placed.map(({ row }) => row)) + 1;
  const width = (last - first) * STEP.x + NODE.width + 2 * MARGIN;
  const height = (rows - 1) * STEP.y + NODE.height + 2 * MARGIN;
  const at = new Map(
    placed.map(each => [
      each.node.entityRef,
      {
        x: (each.column - first) * STEP.x + MARGIN,
        y: each.row * STEP.y + MARGIN,
      },
    ]),
  );
  return (
    <div className={styles.drawing} {...keyboardScroll}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label="What needs this at the left, what it needs at the right"
      >
        {graph.edges.map(edge => (
          <Arrow
            key={`${edge.from} ${edge.to}`}
            edge={edge}
            from={at.get(edge.from)}
            to={at.get(edge.to)}
          />
        ))}
        {placed.map(each => (
          <Node
            key={each.node.entityRef}
            placed={each}
            isSelf={each.node.entityRef === graph.entityRef}
            at={at.get(each.node.entityRef)!}
          />
        ))}
      </svg>
      <ul className={styles.legend}>
        <li data-line="declared">declared</li>
        <li data-line="provisioned">made by the platform</li>
        <li data-line="seen">seen, not declared</li>
      </ul>
    </div>
  );
}

interface Point {
  x: number;
  y: number;
}

function Arrow(props: { edge: DependencyEdge; from?: Point; to?: Point }) {
  const { edge, from, to } = props;
  if (!from || !to) {
    return null;
  }
  const start = { x: from.x + NODE.width, y: from.y + NODE.height / 2 };
  const end = { x: to.x, y: to.y + NODE.height / 2 };
  const bend = Math.max(Math.abs(end.x - start.x) / 2, 24);
  return (
    <path
      className={styles.arrow}
      data-line={differenceText(edge) ? 'seen' : edge.origins[0]}
      d={`M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
    />
  );
}

function Node(props: { placed: PlacedNode; isSelf: boolean; at: Point }) {
  const { placed, isSelf, at } = props;
  const { entityRef, title, kind, owner, ownerTitle } = placed.node;
  const link = useRouteRef(entityRouteRef);
  const box = (
    <g transform={`translate(${at.x} ${at.y})`}>
      <title>{`${title}, ${kind ?? 'not in the catalog'}`}</title>
      <rect
        className={styles.node}
        data-self={isSelf}
        width={NODE.width}
        height={NODE.height}
        rx="6"
      />
      <text className={styles.title} x="10" y="18">
        {shorten(title)}
      </text>
      <text className={styles.owner} x="10" y="34">
        {shorten(owner ? (ownerTitle ?? owner) : 'no owner')}
      </text>
    </g>
  );
  const href = kind && link?.(parseEntityRef(entityRef));
  return href && !isSelf ? <NodeLink href={href}>{box}</NodeLink> : box;
}

/** Leads to another page without loading the portal anew. */
function NodeLink({ href, children }: { href: string; children: ReactNode }) {
  const follow = useLinkClickHandler(href);
  return (
    <a href={href} onClick={follow}>
      {children}
    </a>
  );
}

function shorten(text: string): string {
  return text.length > LONGEST_TITLE
    ? `${text.slice(0, LONGEST_TITLE - 1)}…`
    : text;
}
