import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** How long to wait for another letter, in milliseconds: a list is not asked for with every one of them. */
const PAUSE_MS = 250;

/** Takes a part of a name, and passes it on once the typing pauses. */
export function SearchBox(props: {
  label: string;
  value: string;
  onSearch(text: string): void;
}) {
  const { label, value, onSearch } = props;
  const [text, setText] = useState(value);
  const pass = useRef(onSearch);

  useEffect(() => {
    pass.current = onSearch;
  });

  useEffect(() => setText(value), [value]);

  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => pass.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);

  return (
    <SearchField label={label} size="small" value={text} onChange={setText} />
  );
}
