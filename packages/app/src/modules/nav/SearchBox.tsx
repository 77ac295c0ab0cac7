import { RiSearchLine } from '@remixicon/react';
import { useEffect, useRef, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import styles from './Navigation.module.css';

/** Searches everything; `/` puts the cursor here from anywhere on the page. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const withModifier = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key === '/' && !withModifier && !isEditing(event.target)) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = input.current?.value.trim();
    if (query) {
      navigate(`/search?${new URLSearchParams({ query })}`);
    }
  };

  return (
    <form role="search" className={styles.search} onSubmit={submit}>
      <RiSearchLine size={15} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        name="query"
        placeholder="Search"
        aria-label="Search everything"
        aria-keyshortcuts="/"
        autoComplete="off"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

function isEditing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
