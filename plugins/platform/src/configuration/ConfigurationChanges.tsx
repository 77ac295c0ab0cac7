import type { ConfigurationChange } from '@slipway/plugin-platform-common';

const WORDS = {
  add: 'secret set',
  change: 'secret changed',
  remove: 'secret removed',
};

/** What changed in a configuration, a line for each key; values of secrets are never told. */
export function ConfigurationChanges(props: {
  changes: ConfigurationChange[];
}) {
  return props.changes.map(({ key, isSecret, action, from, to }) => (
    <div key={`${key} ${isSecret}`}>
      <code>{key}</code>{' '}
      {isSecret
        ? WORDS[action]
        : [from, to].map(value => value ?? 'not set').join(' → ')}
    </div>
  ));
}
