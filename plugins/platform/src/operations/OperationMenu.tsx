import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import type { ServiceOperation } from '@slipway/plugin-platform-common';

const WORDS: Record<ServiceOperation, string> = {
  scale: 'Scale',
  restart: 'Restart',
  stop: 'Stop',
  start: 'Start',
};

/** What else can be done with what serves in an environment. */
export function OperationMenu(props: {
  operations: readonly ServiceOperation[];
  /** What it is about, for those who don't see where it stands. */
  label: string;
  onAsk(operation: ServiceOperation): void;
}) {
  const { operations, label, onAsk } = props;
  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconEnd={<RiArrowDownSLine />}
        aria-label={`More for ${label}`}
      >
        More
      </Button>
      <Menu>
        {operations.map(operation => (
          <MenuItem
            key={operation}
            color={operation === 'stop' ? 'danger' : 'primary'}
            onAction={() => onAsk(operation)}
          >
            {WORDS[operation]}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
