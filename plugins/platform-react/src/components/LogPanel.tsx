import { Button, Text } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { CopyButton } from './CopyButton';
import { keyboardScroll } from './keyboardScroll';
import { LogLines } from './LogLines';
import styles from './LogPanel.module.css';
import { plainText } from './plainText';

/** One line to show. */
export interface LogLine {
  /** Names the line among its neighbours, and rises from line to line. */
  key: number;
  /** ISO 8601. */
  at?: string;
  /** Who printed it, in a word. */
  source?: string;
  text: string;
  isError?: boolean;
}

/** A log and how it is doing. */
export interface LogPanelProps {
  title: string;
  lines: LogLine[];
  /** How many older lines there were that are not shown. */
  dropped?: number;
  /** In a word or two: `following`, `ended`. */
  status?: ReactNode;
  /** What stands in an empty log. */
  emptyText: string;
  /** What else can be set, left of the buttons. */
  controls?: ReactNode;
}

/** How close to its end, in pixels, a log counts as scrolled to the end. */
const END_TOLERANCE = 24;

/**
 * A log that shows its end as it grows, until its reader scrolls up. Lines wrap; what is selected or
 * copied is the text as it was printed, without the colours.
 */
export function LogPanel(props: LogPanelProps) {
  const { title, lines, dropped = 0, status, emptyText, controls } = props;
  const id = useId();
  const viewport = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  useEffect(() => setFollowing(true), [title]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (following && element) {
      element.scrollTop = element.scrollHeight;
    }
  }, [following, lines]);

  const onScroll = () => {
    const element = viewport.current;
    if (element) {
      const below =
        element.scrollHeight - element.scrollTop - element.clientHeight;
      setFollowing(below < END_TOLERANCE);
    }
  };

  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <Text as="h2" id={id} variant="body-medium" weight="bold">
          {title}
        </Text>
        <div className={styles.controls}>
          {status && <span className={styles.status}>{status}</span>}
          {controls}
          {!following && (
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiArrowDownLine />}
              onPress={() => setFollowing(true)}
            >
              Follow
            </Button>
          )}
          <CopyButton
            text={() => lines.map(line => plainText(line.text)).join('\n')}
            accessibleLabel={`Copy ${title}`}
          />
        </div>
      </div>
      <div
        ref={viewport}
        className={styles.viewport}
        role="log"
        aria-live="off"
        aria-labelledby={id}
        {...keyboardScroll}
        onScroll={onScroll}
      >
        {dropped > 0 && (
          <div className={styles.note}>{dropped} earlier lines not shown</div>
        )}
        {lines.length === 0 ? (
          <div className={styles.note}>{emptyText}</div>
        ) : (
          <LogLines lines={lines} />
        )}
      </div>
    </section>
  );
}
