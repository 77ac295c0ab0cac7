/** The modules that bring ways to make resources. `npm run validate` asks them, and no others, what can be asked for. */
export const resourceProviderModules = [
  import('@slipway/plugin-platform-backend-module-local-resources'),
  import('@slipway/plugin-platform-backend-module-postgres'),
  import('@slipway/plugin-platform-backend-module-redis'),
  import('@slipway/plugin-platform-backend-module-terraform'),
];
