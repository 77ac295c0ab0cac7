import { NotFoundError } from '@backstage/errors';
import type {
  AffectedTeam,
  BlastRadius,
  DependencyGraph,
} from '@slipway/plugin-ownership-common';
import type { Asking } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { entityReference } from '../http';
import type { OnCallService } from '../onCall';
import type { OrganisationReads } from '../organisation';
import type { DependencyStore, Direction } from './DependencyStore';
import { layersFrom } from './layersFrom';

/** How much of a blast radius is answered; more than that, nobody reads. */
const BLAST = { steps: 20, most: 1_000 };
/** How much each way a graph has at most. */
const GRAPH_NODES = 150;

/** What people ask of what needs what, over HTTP and as actions alike. */
export class DependencyOperations {
  readonly #access: Access;
  readonly #dependencies: DependencyStore;
  readonly #organisation: OrganisationReads;
  readonly #onCall: OnCallService;

  constructor(options: {
    access: Access;
    dependencies: DependencyStore;
    organisationReads: OrganisationReads;
    onCall: OnCallService;
  }) {
    this.#access = options.access;
    this.#dependencies = options.dependencies;
    this.#organisation = options.organisationReads;
    this.#onCall = options.onCall;
  }

  async blastRadius(asking: Asking, text: string): Promise<BlastRadius> {
    await this.#access.requireRead(asking);
    const entityRef = entityReference(text, 'ref');
    const found = await this.#layers(entityRef, 'dependents', BLAST);
    await this.#requireKnown(entityRef, found.layers);
    const nodes = await this.#dependencies.nodes(found.layers.flat());
    const byRef = new Map(nodes.map(node => [node.entityRef, node]));
    const layers = found.layers.map((refs, index) => ({
      distance: index + 1,
      entities: refs.flatMap(ref => byRef.get(ref) ?? []),
    }));
    return {
      entityRef,
      layers,
      teams: await this.#teams(layers),
      total: nodes.length,
      truncated: found.truncated,
    };
  }

  async graph(
    asking: Asking,
    text: string,
    depth: number,
  ): Promise<DependencyGraph> {
    await this.#access.requireRead(asking);
    const entityRef = entityReference(text, 'ref');
    const limits = { steps: depth, most: GRAPH_NODES };
    const ways = await Promise.all([
      this.#layers(entityRef, 'dependents', limits),
      this.#layers(entityRef, 'dependencies', limits),
    ]);
    const around = ways.flatMap(({ layers }) => layers);
    await this.#requireKnown(entityRef, around);
    const refs = [...new Set([entityRef, ...around.flat()])];
    const [nodes, edges] = await Promise.all([
      this.#dependencies.nodes(refs),
      this.#dependencies.edges(refs),
    ]);
    return {
      entityRef,
      nodes,
      edges,
      truncated: ways.some(({ truncated }) => truncated),
    };
  }

  #layers(
    entityRef: string,
    direction: Direction,
    limits: { steps: number; most: number },
  ) {
    return layersFrom(
      entityRef,
      refs => this.#dependencies.neighbours(refs, direction),
      limits,
    );
  }

  /** What something depends on is known by that, even where the catalog doesn't have it. */
  async #requireKnown(
    entityRef: string,
    layers: readonly string[][],
  ): Promise<void> {
    const [node] = await this.#dependencies.nodes([entityRef]);
    if (!node.kind && layers.length === 0) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, and nothing depends on it. Look for it in the list of entities.`,
      );
    }
  }

  async #teams(layers: BlastRadius['layers']): Promise<AffectedTeam[]> {
    const affected = new Map<string, { entities: number; distance: number }>();
    for (const { distance, entities } of layers) {
      for (const { owner } of entities) {
        if (owner !== undefined) {
          const known = affected.get(owner) ?? { entities: 0, distance };
          known.entities += 1;
          affected.set(owner, known);
        }
      }
    }
    const teams = await this.#organisation.teams([...affected.keys()]);
    const onCall = await this.#onCall.ofTeams(teams, new Date());
    const titles = new Map(teams.map(({ team, title }) => [team, title]));
    return [...affected].map(([team, counts]) => ({
      team,
      title: titles.get(team) ?? team,
      ...counts,
      onCall: onCall.get(team) ?? [],
    }));
  }
}
