import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { ownershipRouteRef } from '../routes';

/** Where the plugin shows what. */
export interface OwnershipLinks {
  overview(query?: Record<string, string>): string;
  workItems(query?: Record<string, string>): string;
  teams(): string;
  team(groupRef: string): string;
  onCall(): string;
  rotation(name: string): string;
  imports(): string;
  import(id: string): string;
  leavers(): string;
  transfers(query?: Record<string, string>): string;
  transfer(id: string): string;
  /** Where one is offered; what is known of it already stands in the form. */
  newTransfer(offer?: Record<string, string>): string;
  /** An entity, also one that is gone. */
  entity(entityRef: string): string;
}

/** Links to the plugin's pages. */
export function useOwnershipLinks(): OwnershipLinks {
  const root = useRouteRef(ownershipRouteRef)?.() ?? '/ownership';
  return useMemo(() => linksBelow(root), [root]);
}

function linksBelow(root: string): OwnershipLinks {
  const to = (path: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query).toString();
    return `${root}${path}${search && `?${search}`}`;
  };
  const of = (area: string, entityRef: string) => {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    return { kind, at: to(`/${area}`), namespace, name };
  };
  return {
    overview: query => to('', query),
    workItems: query => to('/work-items', query),
    teams: () => to('/teams'),
    team: groupRef => {
      const { at, namespace, name } = of('teams', groupRef);
      return `${at}/${namespace}/${name}`;
    },
    onCall: () => to('/on-call'),
    rotation: name => to(`/on-call/${encodeURIComponent(name)}`),
    imports: () => to('/imports'),
    import: id => to(`/imports/${encodeURIComponent(id)}`),
    leavers: () => to('/leavers'),
    transfers: query => to('/transfers', query),
    transfer: id => to(`/transfers/${encodeURIComponent(id)}`),
    newTransfer: offer => to('/transfers/new', offer),
    entity: entityRef => {
      const { at, kind, namespace, name } = of('entities', entityRef);
      return `${at}/${kind}/${namespace}/${name}`;
    },
  };
}
