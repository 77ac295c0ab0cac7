import { useSearchParams } from 'react-router-dom';

/** What a reader has chosen on a page; it is kept in the address. */
export interface Choices<T> {
  choices: T;
  /** Whether anything is chosen. */
  isChosen: boolean;
  /** Changes some of the choices; `undefined` takes one back. */
  choose(changed: T): void;
  clear(): void;
}

/** The choices of a page, as they stand in its address. */
export function useChoices<
  T extends { [name in keyof T]?: string },
>(): Choices<T> {
  const [search, setSearch] = useSearchParams();
  const choices = Object.fromEntries(search) as T;
  return {
    choices,
    isChosen: search.size > 0,
    choose: changed => {
      const kept = Object.entries<string | undefined>({
        ...choices,
        ...changed,
      }).flatMap(([name, value]): Array<[string, string]> =>
        value === undefined ? [] : [[name, value]],
      );
      setSearch(kept, { replace: true });
    },
    clear: () => setSearch([], { replace: true }),
  };
}
