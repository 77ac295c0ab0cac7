import { formatDuration, formatValue } from '@slipway/plugin-platform';
import type { ResourceOffer } from '@slipway/plugin-platform-common';
import type { JsonValue } from '@backstage/types';

/** What one gets with a class, and how much of it at most: `connections at most 20 · lives 7 d`. */
export function describeOffer(offer: ResourceOffer): string {
  const { fixed, maximum, timeToLive } = offer;
  return [
    ...entries(fixed).map(([name, value]) => `${name} ${formatValue(value)}`),
    ...entries(maximum).map(
      ([name, value]) => `${name} at most ${formatValue(value)}`,
    ),
    ...(timeToLive ? [describeLife(timeToLive)] : []),
  ].join(' · ');
}

function describeLife(life: NonNullable<ResourceOffer['timeToLive']>): string {
  const { defaultMs, maximumMs } = life;
  return defaultMs === maximumMs
    ? `lives ${formatDuration(defaultMs)}`
    : `lives ${formatDuration(defaultMs)} unless you say otherwise, at most ${formatDuration(maximumMs)}`;
}

function entries(object: ResourceOffer['fixed']): Array<[string, JsonValue]> {
  return Object.entries(object).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
}
