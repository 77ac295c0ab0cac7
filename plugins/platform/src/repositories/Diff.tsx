import { VisuallyHidden } from '@backstage/ui';
import { useMemo } from 'react';
import { keyboardScroll } from '../components';
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
export function Diff(props: { path: string; patch: string }) {
  const { path, patch } = props;
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
            <tr key={index} data-kind={line.kind}>
              <td className={styles.number}>{line.before}</td>
              <td className={styles.number}>{line.after}</td>
              <td className={styles.text}>
                {SIGNS[line.kind]}
                {line.text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
