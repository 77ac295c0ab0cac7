import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import type { Resource } from '@slipway/plugin-platform-common';
import type { ResourceAction } from './actionsFor';
import { useCheck } from './useCheck';

/** What stands in the header by itself, the rest being in the menu. */
const BUTTONS: Partial<Record<ResourceAction, string>> = {
  resize: 'Resize',
  restore: 'Restore',
};

const MENU: Partial<Record<ResourceAction, string>> = {
  rotate: 'Rotate credentials',
  extend: 'Extend',
  check: 'Check for drift now',
  destroy: 'Destroy',
  purge: 'Purge now',
};

const DANGEROUS: readonly ResourceAction[] = ['destroy', 'purge'];

/** What can be done with a resource whatever else is up with it: one button, and the rest in a menu. */
export function ResourceActions(props: {
  resource: Resource;
  actions: readonly ResourceAction[];
  /** Whether something else on the page is what would be done next. */
  hasOther: boolean;
  onAsk(action: Exclude<ResourceAction, 'check'>): void;
  onChecked(): void;
}) {
  const { resource, actions, hasOther, onAsk, onChecked } = props;
  const check = useCheck(resource, onChecked);
  const inMenu = actions.filter(action => action in MENU);

  const perform = (action: ResourceAction) => {
    if (action === 'check') {
      check.start();
    } else {
      onAsk(action);
    }
  };

  return (
    <>
      {inMenu.length > 0 && (
        <MenuTrigger>
          <Button
            variant="secondary"
            iconEnd={<RiArrowDownSLine />}
            loading={check.isPending}
          >
            More
          </Button>
          <Menu>
            {inMenu.map(action => (
              <MenuItem
                key={action}
                color={DANGEROUS.includes(action) ? 'danger' : 'primary'}
                onAction={() => perform(action)}
              >
                {MENU[action]}
              </MenuItem>
            ))}
          </Menu>
        </MenuTrigger>
      )}
      {actions
        .filter(action => action in BUTTONS)
        .map(action => (
          <Button
            key={action}
            variant={hasOther ? 'secondary' : 'primary'}
            onPress={() => perform(action)}
          >
            {BUTTONS[action]}
          </Button>
        ))}
    </>
  );
}
