import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  SearchField,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiPauseLine, RiPlayLine } from '@remixicon/react';
import type {
  Environment,
  WorkloadLogLine,
} from '@slipway/plugin-platform-common';
import { useMemo, useRef, useState } from 'react';
import {
  ErrorNotice,
  LogPanel,
  platformApiRef,
  useFollow,
  useLines,
} from '@slipway/plugin-platform-react';
import styles from './ServiceLog.module.css';

/** How many lines that were printed before are shown at first. */
const TAIL = 500;

interface NumberedLine extends WorkloadLogLine {
  number: number;
}

/** The log of a service in one environment: followed, filtered, paused. */
export function ServiceLog(props: {
  service: string;
  environment: string;
  environments: Environment[];
  onChoose(environment: string): void;
}) {
  const { service, environment, environments, onChoose } = props;
  const platformApi = useApi(platformApiRef);
  const { lines, dropped, append } = useLines<NumberedLine>();
  const lastNumber = useRef(0);
  const [paused, setPaused] = useState<NumberedLine[]>();
  const [text, setText] = useState('');
  const [stream, setStream] = useState('all');
  const lastLine = useRef<WorkloadLogLine>();
  const known = useRef<WorkloadLogLine>();

  const follow = useFollow<WorkloadLogLine>({
    key: `${service}/${environment}`,
    open: signal => {
      // A new connection tells the last lines again: all up to the last one known is passed over.
      known.current = lastLine.current;
      return platformApi.streamServiceLogs(
        { service, environment, tail: TAIL },
        { signal },
      );
    },
    onEvent: line => {
      if (known.current && line.at <= known.current.at) {
        return;
      }
      lastLine.current = line;
      lastNumber.current += 1;
      append([{ ...line, number: lastNumber.current }]);
    },
  });

  const current = paused ?? lines;
  const shown = useMemo(() => {
    const wanted = text.toLocaleLowerCase('en-US');
    return current
      .filter(line => stream === 'all' || line.stream === stream)
      .filter(line => line.text.toLocaleLowerCase('en-US').includes(wanted))
      .map(line => ({
        key: line.number,
        at: line.at,
        text: line.text,
        isError: line.stream === 'stderr',
      }));
  }, [current, text, stream]);

  if (follow.state === 'ended' && follow.error) {
    return (
      <ErrorNotice
        title={`Can't follow the log in ${environment}`}
        error={follow.error}
        onRetry={follow.restart}
      />
    );
  }
  const isFiltered = text !== '' || stream !== 'all';
  const status = follow.error ? 'reconnecting' : 'following';
  return (
    <>
      <div className={styles.controls}>
        <Select
          label="Environment"
          size="small"
          options={environments.map(({ name, title }) => ({
            value: name,
            label: title,
          }))}
          selectedKey={environment}
          onSelectionChange={name => onChoose(String(name))}
        />
        <SearchField
          label="Lines with"
          size="small"
          placeholder="Text"
          value={text}
          onChange={setText}
        />
        <ToggleButtonGroup
          aria-label="Which output"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[stream]}
          onSelectionChange={keys => setStream(String([...keys][0]))}
        >
          <ToggleButton id="all" size="small">
            All
          </ToggleButton>
          <ToggleButton id="stdout" size="small">
            stdout
          </ToggleButton>
          <ToggleButton id="stderr" size="small">
            stderr
          </ToggleButton>
        </ToggleButtonGroup>
        <Button
          size="small"
          variant="secondary"
          iconStart={paused ? <RiPlayLine /> : <RiPauseLine />}
          onPress={() => setPaused(paused ? undefined : lines)}
        >
          {paused ? 'Go on' : 'Pause'}
        </Button>
      </div>
      <LogPanel
        title={`Log in ${environment}`}
        lines={shown}
        dropped={isFiltered ? 0 : dropped}
        status={paused ? pausedStatus(paused, lastNumber.current) : status}
        emptyText={
          isFiltered ? 'No line matches.' : 'Nothing printed yet. Waiting.'
        }
      />
    </>
  );
}

function pausedStatus(paused: NumberedLine[], lastNumber: number): string {
  const news = lastNumber - (paused[paused.length - 1]?.number ?? 0);
  return news > 0 ? `paused, ${news} new` : 'paused';
}
