import { defineConfig } from '@playwright/test';

/** `npm test` finds the machine's Chromium and names it here; so it does for `npx playwright test`. */
const executablePath = process.env.SLIPWAY_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '*.test.ts',
  outputDir: 'test-results/e2e',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  workers: 1,
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.SLIPWAY_PLAYWRIGHT_REPORT ??
          'test-results/playwright.json',
      },
    ],
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    actionTimeout: 30_000,
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    },
  },
});
