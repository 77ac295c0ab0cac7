import { Link } from '@backstage/ui';
import type { EnvironmentsView } from '@slipway/plugin-platform-common';
import { Panel } from '@slipway/plugin-platform-react';
import { FieldList } from '../decisions';
import { usePlatformLinks } from '../routes';
import styles from './environments.module.css';

/** What the definitions would change in resources that exist; nothing where they wouldn't. */
export function PendingPanel(props: Pick<EnvironmentsView, 'pending'>) {
  const { pending } = props;
  const links = usePlatformLinks();
  if (pending.length === 0) {
    return undefined;
  }
  return (
    <Panel
      title={`This would change ${pending.length} ${pending.length === 1 ? 'resource' : 'resources'}`}
      aside="nothing changes until its owner applies it"
    >
      <ul className={styles.pending}>
        {pending.map(({ resourceId, name, environment, fields }) => (
          <li key={resourceId}>
            <div>
              <Link href={links.resource(resourceId)} weight="bold" standalone>
                {name}
              </Link>{' '}
              <span className={styles.nothing}>in {environment}</span>
            </div>
            <FieldList fields={fields} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
