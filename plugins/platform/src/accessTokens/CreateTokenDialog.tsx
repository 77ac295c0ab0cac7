import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import type { CreatedAccessToken } from '@slipway/plugin-platform-common';
import { useState, type FormEvent } from 'react';
import {
  ErrorNotice,
  platformApiRef,
  useAction,
} from '@slipway/plugin-platform-react';
import styles from './AccessTokensPage.module.css';

const EXPIRY_OPTIONS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
];

/** Asks what a new token is for and how long it lasts, and creates it. */
export function CreateTokenDialog(props: {
  takenNames: string[];
  onCreated(token: CreatedAccessToken): void;
  onClose(): void;
}) {
  const { takenNames, onCreated, onClose } = props;
  const platformApi = useApi(platformApiRef);
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState('90');
  const [problem, setProblem] = useState<string>();

  const create = useAction(async () => {
    onCreated(
      await platformApi.createAccessToken({
        name: name.trim(),
        expiresInDays: expiry === 'never' ? undefined : Number(expiry),
      }),
    );
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = explainName(name.trim(), takenNames);
    setProblem(found);
    if (!found) {
      create.start();
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width="min(440px, 92vw)"
    >
      <DialogHeader>Create an access token</DialogHeader>
      <form onSubmit={submit} noValidate>
        <DialogBody>
          <div className={styles.stack}>
            <TextField
              label="Name"
              description="Where it will be used, such as: laptop"
              isInvalid={problem !== undefined}
              value={name}
              onChange={text => {
                setName(text);
                setProblem(undefined);
              }}
            />
            {problem && (
              <p className={styles.problem} role="alert">
                {problem}
              </p>
            )}
            <Select
              label="Expires after"
              options={EXPIRY_OPTIONS}
              selectedKey={expiry}
              onSelectionChange={key => setExpiry(String(key))}
            />
            {create.error && (
              <ErrorNotice
                title="The token was not created"
                error={create.error}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" loading={create.isPending}>
            Create
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function explainName(name: string, takenNames: string[]): string | undefined {
  if (name === '') {
    return 'Give it a name, so that you can tell your tokens apart.';
  }
  if (takenNames.includes(name)) {
    return `You have a token "${name}" already. Choose another name.`;
  }
  return undefined;
}
