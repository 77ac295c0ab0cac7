module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The browser tests start a whole portal, as `npm start` does.
      files: ['e2e-tests/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
  ],
});
