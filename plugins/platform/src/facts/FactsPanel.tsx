import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import type {
  ArtifactFact,
  FactKind,
  FactState,
} from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  ErrorNotice,
  LiveView,
  Panel,
  platformApiRef,
  StateBadge,
  type Tone,
  useAction,
  useLive,
} from '@slipway/plugin-platform-react';
import { saveFile } from './saveFile';
import styles from './facts.module.css';

const TITLES: Record<FactKind, string> = {
  secrets: 'Secrets',
  dependencies: 'Dependencies',
  licences: 'Licences',
  sbom: 'Contents',
};
const TONES: Record<FactState, Tone> = {
  passed: 'good',
  warning: 'warning',
  failed: 'bad',
  unknown: 'quiet',
};

/** What the pipeline of an artifact found out about it. */
export function FactsPanel(props: { title: string; digest: string }) {
  const { title, digest } = props;
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: digest,
    matches: () => false,
    query: options => platformApi.listFacts(digest, options),
  });
  const hasContents = live.data?.some(
    ({ kind, state }) => kind === 'sbom' && state === 'passed',
  );
  return (
    <Panel
      title={title}
      aside={hasContents && <SaveContents digest={digest} />}
    >
      <LiveView live={live} what="the facts">
        {facts =>
          facts.length === 0 ? (
            <EmptyNotice title="Nothing was reported">
              Add a scan to .gitlab-ci.yml, as new services have one.
            </EmptyNotice>
          ) : (
            <ul className={styles.list}>
              {facts.map(fact => (
                <FactRow key={fact.kind} fact={fact} />
              ))}
            </ul>
          )
        }
      </LiveView>
    </Panel>
  );
}

function FactRow({ fact }: { fact: ArtifactFact }) {
  const { kind, state, summary, findings } = fact;
  const head = (
    <>
      <strong className={styles.kind}>{TITLES[kind]}</strong>
      <StateBadge state={state} label={state} tone={TONES[state]} />
      <Text variant="body-small" color="secondary" className={styles.summary}>
        {summary}
      </Text>
    </>
  );
  return (
    <li>
      {findings.length === 0 ? (
        <div className={styles.head}>{head}</div>
      ) : (
        <details>
          <summary className={styles.head}>{head}</summary>
          <ul className={styles.findings}>
            {findings.map((finding, index) => (
              <li key={index}>
                {finding.severity}: {finding.description ?? finding.name}{' '}
                <code>
                  {finding.file ?? finding.name}
                  {finding.line !== undefined && `:${finding.line}`}
                </code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function SaveContents({ digest }: { digest: string }) {
  const platformApi = useApi(platformApiRef);
  const save = useAction(async () => {
    const document = await platformApi.getSbom(digest);
    saveFile(
      `${digest.slice('sha256:'.length, 'sha256:'.length + 12)}.cdx.json`,
      JSON.stringify(document, undefined, 2),
    );
  });
  return (
    <>
      {save.error && <ErrorNotice title="Can't save it" error={save.error} />}
      <Button
        size="small"
        variant="secondary"
        loading={save.isPending}
        onPress={() => save.start()}
      >
        Save the SBOM
      </Button>
    </>
  );
}
