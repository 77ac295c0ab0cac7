import { VisuallyHidden } from '@backstage/ui';
import { Fragment, useMemo, type ReactNode } from 'react';
import { keyboardScroll } from '@slipway/plugin-platform-react';
import styles from './Diff.module.css';
import { parsePatch, type DiffLine } from './parsePatch';

const SIGNS: Record<DiffLine['kind'], string> = {
  added: '+',
  removed: '-',
  same: ' ',
  place: '',
  note: '',
};

/** What a commit changed in a file, line by line. */
export function Diff(props: {
  path: string;
  patch: string;
  /** What is said below a line of the file as it is now. */
  below?(line: number): ReactNode;
  /** Somebody wants to say something about a line. */
  onPick?(line: number): void;
}) {
  const { path, patch, below, onPick } = props;
  const lines = useMemo(() => parsePatch(patch), [patch]);
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={`Changes of ${path}`}
      {...keyboardScroll}
    >
      <table className={styles.diff}>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Line before</VisuallyHidden>
            </th>
            <th scope="col">
              <VisuallyHidden>Line after</VisuallyHidden>
            </th>
            <th scope="col">
              <VisuallyHidden>Text</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Fragment key={index}>
              <tr data-kind={line.kind}>
                <td className={styles.number}>{line.before}</td>
                <td className={styles.number}>
                  <LineNumber line={line.after} onPick={onPick} />
                </td>
                <td className={styles.text}>
                  {SIGNS[line.kind]}
                  {line.text}
                </td>
              </tr>
              <Below line={line.after} below={below} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineNumber(props: {
  line: number | undefined;
  onPick: ((line: number) => void) | undefined;
}) {
  const { line, onPick } = props;
  return line === undefined || onPick === undefined ? (
    <>{line}</>
  ) : (
    <button
      type="button"
      className={styles.pick}
      aria-label={`Comment on line ${line}`}
      onClick={() => onPick(line)}
    >
      {line}
    </button>
  );
}

function Below(props: {
  line: number | undefined;
  below: ((line: number) => ReactNode) | undefined;
}) {
  const { line, below } = props;
  const said = line === undefined ? undefined : below?.(line);
  return said ? (
    <tr>
      <td colSpan={3} className={styles.below}>
        {said}
      </td>
    </tr>
  ) : undefined;
}
