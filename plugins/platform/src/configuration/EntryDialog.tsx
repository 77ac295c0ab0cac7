import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  PasswordField,
  Select,
  TextField,
} from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import styles from './configuration.module.css';
import type { Entry } from './draft';

const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const KINDS = [
  { value: 'variable', label: 'Variable: everybody can read it' },
  { value: 'secret', label: 'Secret: never shown again' },
];

/** Asks for the name and value of a variable or secret. */
export function EntryDialog(props: {
  /** What is changed; empty for a new one. */
  entry: Partial<Entry>;
  /** The names that are in use. */
  taken: string[];
  onDone(key: string, value: string, isSecret: boolean): void;
  onClose(): void;
}) {
  const { entry, taken, onDone, onClose } = props;
  const isNew = entry.key === undefined;
  const [key, setKey] = useState(entry.key ?? '');
  const [value, setValue] = useState(entry.next ?? entry.value ?? '');
  const [isSecret, setIsSecret] = useState(entry.isSecret ?? false);
  const [problem, setProblem] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = key.trim();
    const found =
      (isNew ? explainName(name, taken) : undefined) ??
      (isSecret && value.length < 6
        ? 'A secret takes at least 6 characters.'
        : undefined);
    setProblem(found);
    if (!found) {
      onDone(name, value, isSecret);
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width="min(480px, 92vw)"
    >
      <DialogHeader>{isNew ? 'Add' : `Change ${entry.key}`}</DialogHeader>
      <form onSubmit={submit} noValidate>
        <DialogBody>
          <div className={styles.stack}>
            {isNew && (
              <>
                <TextField
                  label="Name"
                  description="As the program reads it: LOG_LEVEL"
                  value={key}
                  onChange={setKey}
                />
                <Select
                  label="Kind"
                  options={KINDS}
                  selectedKey={isSecret ? 'secret' : 'variable'}
                  onSelectionChange={kind => setIsSecret(kind === 'secret')}
                />
              </>
            )}
            {isSecret ? (
              <PasswordField label="Value" value={value} onChange={setValue} />
            ) : (
              <TextField label="Value" value={value} onChange={setValue} />
            )}
            {problem && (
              <p className={styles.problem} role="alert">
                {problem}
              </p>
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" variant="primary">
            {isNew ? 'Add to the changes' : 'Change'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function explainName(name: string, taken: string[]): string | undefined {
  if (!KEY.test(name)) {
    return 'Use letters, digits and underscores, not beginning with a digit.';
  }
  return taken.includes(name)
    ? `${name} is there already. Change that one.`
    : undefined;
}
