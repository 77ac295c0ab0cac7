import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Link } from '@backstage/ui';
import { useState } from 'react';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  TabFrame,
  useLive,
} from '@slipway/plugin-platform-react';
import { concerns, useServiceName } from '../entity';
import { usePlatformLinks } from '../routes';
import { PipelineRow } from './PipelineRow';
import styles from './PipelinesTab.module.css';

const PAGE_SIZE = 20;

/** The pipelines of a service, newest first, as they go. */
export function PipelinesTab() {
  const service = useServiceName();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const [limit, setLimit] = useState(PAGE_SIZE);
  const live = useLive({
    key: service,
    matches: signal =>
      concerns(signal, service) &&
      (signal.type === 'pipeline' ||
        (signal.type === 'run' && signal.kind === 'pipeline')),
    query: options => platformApi.listPipelines({ service, limit }, options),
  });

  return (
    <TabFrame>
      <Panel title="Pipelines" aside="One for each push">
        <LiveView live={live} what="the pipelines">
          {pipelines =>
            pipelines.length === 0 ? (
              <EmptyNotice title="No pipeline yet">
                <span>
                  Push a commit to{' '}
                  <Link href={links.repository(service)}>the repository</Link>:
                  what its <code>.gitlab-ci.yml</code> says runs at once.
                </span>
              </EmptyNotice>
            ) : (
              <>
                <ul className={styles.list}>
                  {pipelines.map(pipeline => (
                    <PipelineRow key={pipeline.id} pipeline={pipeline} />
                  ))}
                </ul>
                {pipelines.length >= limit && (
                  <Flex justify="center" mt="3">
                    <Button
                      variant="secondary"
                      onPress={() => {
                        setLimit(limit + PAGE_SIZE);
                        live.refresh();
                      }}
                    >
                      Show more
                    </Button>
                  </Flex>
                )}
              </>
            )
          }
        </LiveView>
      </Panel>
    </TabFrame>
  );
}
