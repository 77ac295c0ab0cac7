import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { SidebarPinStateProvider } from '@backstage/core-components';
import { ContentArea } from './ContentArea';
import styles from './appLayout.module.css';

/** There is no sidebar to pin; this also keeps the switch for it off the settings page. */
const NO_PIN_STATE = {
  isPinned: true,
  isMobile: true,
  toggleSidebarPinState: () => {},
};

/**
 * Navigation beside the page, or above it on a narrow screen. The page scrolls with the window.
 */
export const appLayout = createExtension({
  name: 'layout',
  attachTo: { id: 'app/root', input: 'children' },
  inputs: {
    nav: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    content: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
  },
  output: [coreExtensionData.reactElement],
  factory: ({ inputs }) => [
    coreExtensionData.reactElement(
      <SidebarPinStateProvider value={NO_PIN_STATE}>
        <div className={styles.layout}>
          {/* A landmark of its own: what is outside of all of them is easily missed. */}
          <nav aria-label="Shortcuts" className={styles.shortcuts}>
            <a className={styles.skip} href="#content">
              Skip to content
            </a>
          </nav>
          {inputs.nav.get(coreExtensionData.reactElement)}
          <ContentArea id="content" className={styles.content}>
            {inputs.content.get(coreExtensionData.reactElement)}
          </ContentArea>
        </div>
      </SidebarPinStateProvider>,
    ),
  ],
});
