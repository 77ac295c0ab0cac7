// For the files outside of the workspaces: each workspace has its own configuration.
module.exports = {
  root: true,
  extends: ['eslint:recommended'],
  parser: '@typescript-eslint/parser',
  parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
  env: { node: true, es2024: true },
  rules: {
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-unused-vars': 'error',
    'prefer-const': 'error',
    'no-constant-condition': ['error', { checkLoops: false }],
  },
};
