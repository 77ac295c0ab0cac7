import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** How many lines a page keeps: enough to read, few enough to scroll smoothly. */
const MAX_LINES = 5_000;
/** How long lines gather before the page shows them: a burst becomes one update. */
const GATHER_MS = 50;

/** The last lines of something that goes on printing. */
export interface Lines<T> {
  lines: T[];
  /** How many older lines were let go of. */
  dropped: number;
  append(lines: T[]): void;
  clear(): void;
}

/** Keeps the last few thousand lines, and shows bursts of them at once. */
export function useLines<T>(): Lines<T> {
  const buffer = useRef<{ lines: T[]; dropped: number }>({
    lines: [],
    dropped: 0,
  });
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const [shown, setShown] = useState(buffer.current);

  const append = useCallback((added: T[]) => {
    const all = buffer.current.lines.concat(added);
    const excess = Math.max(0, all.length - MAX_LINES);
    buffer.current = {
      lines: excess === 0 ? all : all.slice(excess),
      dropped: buffer.current.dropped + excess,
    };
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setShown(buffer.current);
    }, GATHER_MS);
  }, []);

  const clear = useCallback(() => {
    buffer.current = { lines: [], dropped: 0 };
    setShown(buffer.current);
  }, []);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  return useMemo(() => ({ ...shown, append, clear }), [shown, append, clear]);
}
