import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Panel } from './Panel';
import styles from './HomePage.module.css';

/** Of all kinds, so that enough are left when those that take something away are out. */
const LIMIT = 30;
const SHOWN = 8;

/** The golden paths: what a person can have without asking anyone. */
export function StartSomething() {
  const catalogApi = useApi(catalogApiRef);
  const templates = useAsyncRetry(async () => {
    const { items } = await catalogApi.getEntities({
      filter: { kind: 'Template' },
      fields: [
        'metadata.name',
        'metadata.namespace',
        'metadata.title',
        'metadata.description',
        'spec.type',
      ],
      order: { field: 'metadata.title', order: 'asc' },
      limit: LIMIT,
    });
    return items.filter(({ spec }) => spec?.type !== 'removal').slice(0, SHOWN);
  }, [catalogApi]);

  return (
    <Panel title="Start something" data={templates}>
      {items =>
        items.length === 0 ? (
          <p className={styles.empty}>
            The platform team has published no templates yet.
          </p>
        ) : (
          <ul className={styles.templates}>
            {items.map(({ metadata }) => (
              <li key={`${metadata.namespace}/${metadata.name}`}>
                <Link
                  href={`/create/templates/${metadata.namespace ?? 'default'}/${metadata.name}`}
                  standalone
                  weight="bold"
                >
                  {metadata.title ?? metadata.name}
                </Link>
                <p>{metadata.description}</p>
                <RiArrowRightLine size={16} aria-hidden="true" />
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  );
}
