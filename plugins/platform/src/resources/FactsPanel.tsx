import { Link } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import {
  EntityLink,
  formatValue,
  Panel,
  TimeAgo,
  TimeLeft,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { isThere } from './resourceStates';
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
          {definition}, by {provider}.{' '}
          <button
            type="button"
            className={styles.inlineButton}
            aria-expanded={why.isOpen}
            onClick={why.toggle}
          >
            Why?
          </button>
        </Fact>
        {service && (
          <Fact name="Made for">
            the score.yaml of{' '}
            <Link href={links.service(service)} variant="body-small">
              {service}
            </Link>
          </Fact>
        )}
        <Fact name="Created">
          <TimeAgo at={createdAt} /> by <EntityLink entityRef={createdBy} />
        </Fact>
        {rotatedAt && (
          <Fact name="Credentials">
            issued <TimeAgo at={rotatedAt} />
          </Fact>
        )}
        {isThere(resource) && (
          <Fact name="Expires">
            {expiresAt ? <TimeLeft until={expiresAt} /> : 'never'} {extend}
          </Fact>
        )}
        {checkedAt && (
          <Fact name="Checked for drift">
            <TimeAgo at={checkedAt} />
          </Fact>
        )}
      </dl>
      <Parameters resource={resource} />
    </Panel>
  );
}

function Parameters({ resource }: { resource: Resource }) {
  const parameters = Object.entries(resource.parameters);
  return parameters.length === 0 ? undefined : (
    <>
      <h3 className={styles.part}>Parameters</h3>
      <dl className={styles.facts}>
        {parameters.map(([name, value]) => (
          <Fact key={name} name={name}>
            <code className={styles.value}>{formatValue(value)}</code>
          </Fact>
        ))}
      </dl>
    </>
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
