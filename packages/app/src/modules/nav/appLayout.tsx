import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import styles from './appLayout.module.css';

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
      <div className={styles.layout}>
        <a className={styles.skip} href="#content">
          Skip to content
        </a>
        {inputs.nav.get(coreExtensionData.reactElement)}
        <div id="content" className={styles.content} tabIndex={-1}>
          {inputs.content.get(coreExtensionData.reactElement)}
        </div>
      </div>,
    ),
  ],
});
