import { Button, Link } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { EntityLink, Panel, TimeAgo, TimeLeft } from '../components';
import { formatValue } from '../format';
import { usePlatformLinks } from '../routes';
import styles from './resources.module.css';

/** Whose a resource is, where it is, what it is made by and with, and how long it lives. */
export function FactsPanel(props: {
  resource: Resource;
  /** Opens and closes the answer to why its definition is the one. */
  why: { isOpen: boolean; toggle(): void };
  /** Gives it a later expiry; missing where the reader can't. */
  extend?: ReactNode;
}) {
  const { resource, why, extend } = props;
  const links = usePlatformLinks();
  const { owner, environment, service, createdBy, createdAt } = resource;
  const { definition, provider, rotatedAt, expiresAt, checkedAt } = resource;
  return (
    <Panel title="Facts">
      <dl className={styles.facts}>
        <Fact name="Owner">
          <EntityLink entityRef={owner} />
        </Fact>
        <Fact name="Environment">
          <Link href={links.resources(environment)} variant="body-small">
            {environment}
          </Link>
        </Fact>
        <Fact name="Class">{resource.class}</Fact>
        <Fact name="Definition">
          {definition}, by {provider}{' '}
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={why.isOpen}
            onPress={why.toggle}
          >
            Why?
          </Button>
        </Fact>
        {service && (
          <Fact name="Made for">
            the score.yaml of{' '}
            <Link href={links.service(service)} variant="body-small">
              {service}
            </Link>
          </Fact>
        )}
        {Object.entries(resource.parameters).map(([name, value]) => (
          <Fact key={name} name={name}>
            <code className={styles.value}>{formatValue(value)}</code>
          </Fact>
        ))}
        <Fact name="Created">
          <TimeAgo at={createdAt} /> by <EntityLink entityRef={createdBy} />
        </Fact>
        {rotatedAt && (
          <Fact name="Credentials">
            issued <TimeAgo at={rotatedAt} />
          </Fact>
        )}
        <Fact name="Expires">
          {expiresAt ? <TimeLeft until={expiresAt} /> : 'never'} {extend}
        </Fact>
        {checkedAt && (
          <Fact name="Checked for drift">
            <TimeAgo at={checkedAt} />
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
