import type { JsonValue } from '@backstage/types';
import {
  formatBytes,
  formatDuration,
  formatValue,
} from '@slipway/plugin-platform-react';
import type { ResourceOffer } from '@slipway/plugin-platform-common';

/** How much of a class one can ask for, and for how long: `connections up to 20 · lives 7 d`. */
export function describeOffer({ maximum, timeToLive }: ResourceOffer): string {
  return [
    ...Object.entries(maximum).map(([name, value]) =>
      describeLimit(name, value),
    ),
    ...(timeToLive ? [describeLife(timeToLive)] : []),
  ].join(' · ');
}

/** The unit is the end of the name: `statementTimeoutMs` is read as `statement timeout`. */
function describeLimit(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'number' && name.endsWith('Ms')) {
    return limit(name.slice(0, -2), formatDuration(value));
  }
  if (typeof value === 'number' && name.endsWith('Kb')) {
    return limit(name.slice(0, -2), formatBytes(value * 1_000));
  }
  return limit(name, formatValue(value));
}

function limit(name: string, most: string): string {
  const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return `${words} up to ${most}`;
}

function describeLife(life: NonNullable<ResourceOffer['timeToLive']>): string {
  const { defaultMs, maximumMs } = life;
  return defaultMs === maximumMs
    ? `lives ${formatDuration(defaultMs)}`
    : `lives ${formatDuration(defaultMs)}, or up to ${formatDuration(maximumMs)}`;
}
