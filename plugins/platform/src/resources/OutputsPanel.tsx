import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { RiEyeLine, RiEyeOffLine } from '@remixicon/react';
import type { Resource, ResourceOutput } from '@slipway/plugin-platform-common';
import { useEffect, useState } from 'react';
import {
  ConfirmDialog,
  CopyField,
  EmptyNotice,
  Panel,
  PersonName,
  platformApiRef,
} from '@slipway/plugin-platform-react';
import { CodeText } from './CodeText';
import styles from './resources.module.css';

/** How long secrets stay on the page by themselves: long enough to paste them somewhere. */
const SHOWN_MS = 60_000;

/** What a resource offers to those who use it. Secrets are shown to who asks and confirms, for a minute. */
export function OutputsPanel(props: {
  resource: Resource;
  /** Whether the reader is of the team that owns it. */
  isOwn: boolean;
}) {
  const { resource, isOwn } = props;
  const { id, name, owner, outputs, state } = resource;
  const platformApi = useApi(platformApiRef);
  const [isAsking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<Record<string, string>>();
  const hasSecrets =
    !['deleted', 'destroyed'].includes(state) &&
    outputs.some(({ secret }) => secret);

  useEffect(() => {
    if (!revealed) {
      return undefined;
    }
    const timer = setTimeout(() => setRevealed(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [revealed]);

  return (
    <Panel
      title="Outputs"
      aside={
        hasSecrets &&
        isOwn &&
        (revealed ? (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiEyeOffLine />}
            onPress={() => setRevealed(undefined)}
          >
            Hide
          </Button>
        ) : (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiEyeLine />}
            onPress={() => setAsking(true)}
          >
            Reveal
          </Button>
        ))
      }
    >
      {outputs.length === 0 ? (
        <EmptyNotice title="Nothing yet">
          What services connect with stands here once it is made.
        </EmptyNotice>
      ) : (
        <ul className={styles.outputs}>
          {outputs.map(output => (
            <Output
              key={output.name}
              output={output}
              secret={revealed?.[output.name]}
            />
          ))}
        </ul>
      )}
      {hasSecrets && (
        <Text as="p" variant="body-small" color="secondary">
          {isOwn ? (
            'Services get these by themselves. Secrets hide again after a minute.'
          ) : (
            <>
              Only <PersonName entityRef={owner} /> can reveal the secrets.
            </>
          )}
        </Text>
      )}
      {isAsking && (
        <ConfirmDialog
          title={`Reveal the secrets of ${name}?`}
          confirmLabel="Reveal"
          dismissLabel="Keep them hidden"
          onConfirm={async () =>
            setRevealed(await platformApi.revealResource(id))
          }
          onClose={() => setAsking(false)}
        >
          <Text as="p" variant="body-medium">
            It goes on record that you looked. Whoever has them can read and
            change what is in {name}, until its credentials are rotated.
          </Text>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function Output(props: { output: ResourceOutput; secret: string | undefined }) {
  const { output, secret } = props;
  const shown = output.secret ? secret : output.value;
  return (
    <li>
      <div>
        <code className={styles.outputName}>{output.name}</code>
        <Text as="div" variant="body-small" color="secondary">
          <CodeText text={output.description} />
        </Text>
      </div>
      {shown === undefined ? (
        <span className={styles.hidden}>
          {output.secret ? 'hidden' : 'not there yet'}
        </span>
      ) : (
        <CopyField text={shown} label={output.name} isCompact />
      )}
    </li>
  );
}
