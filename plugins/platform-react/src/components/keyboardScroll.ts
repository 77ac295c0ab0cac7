/** Lets a keyboard reach what scrolls, and so scroll it (WCAG 2.2, 2023, success criterion 2.1.1). */
export const keyboardScroll = { tabIndex: 0 } as const;
