import { memo, useMemo } from 'react';
import type { LogLine } from './LogPanel';
import styles from './LogPanel.module.css';
import { plainText } from './plainText';

/** Lines are drawn in blocks, so that a new line redraws the last block and not thousands of lines. */
const BLOCK_SIZE = 100;

function LineBlock({ lines }: { lines: LogLine[] }) {
  return (
    <div className={styles.block} data-whole={lines.length === BLOCK_SIZE}>
      {lines.map(line => (
        <div key={line.key} className={styles.line} data-error={line.isError}>
          {line.at && (
            <span className={styles.time}>{clockTime(line.at)} </span>
          )}
          {line.source && <span className={styles.source}>{line.source} </span>}
          {plainText(line.text) || '\u00a0'}
        </div>
      ))}
    </div>
  );
}

const Block = memo(
  LineBlock,
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines.every((line, index) => line === after.lines[index]),
);

/** Draws lines; blocks out of view cost the browser nothing. */
export function LogLines(props: { lines: LogLine[] }) {
  const { lines } = props;
  const blocks = useMemo(() => {
    const byNumber = new Map<number, LogLine[]>();
    for (const line of lines) {
      // The number follows from the line and not from its place, which changes as older lines go.
      const number = Math.floor(line.key / BLOCK_SIZE);
      const block = byNumber.get(number);
      if (block) {
        block.push(line);
      } else {
        byNumber.set(number, [line]);
      }
    }
    return [...byNumber];
  }, [lines]);

  return (
    <>
      {blocks.map(([number, block]) => (
        <Block key={number} lines={block} />
      ))}
    </>
  );
}

function clockTime(at: string): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const clock = parts.map(part => String(part).padStart(2, '0')).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
