import type {
  DependencyEdge,
  DependencyOrigin,
} from '@slipway/plugin-ownership-common';

const WORDS: Record<DependencyOrigin, string> = {
  declared: 'declared',
  provisioned: 'made by the platform',
  seen: 'seen in traffic',
};

/** Where a dependency is known from, in words. */
export function originText({ origins }: DependencyEdge): string {
  return origins.map(origin => WORDS[origin]).join(', ');
}

/** What is odd about where a dependency is known from; empty where nothing is. */
export function differenceText({ origins }: DependencyEdge): string {
  return origins.every(origin => origin === 'seen') ? 'not declared' : '';
}
