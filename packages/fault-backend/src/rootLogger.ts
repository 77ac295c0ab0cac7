import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { format, transports } from 'winston';

/** Logs to the console, without first compiling the schema of the configuration: that takes longer than the rest of a start. */
export const rootLoggerServiceFactory = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: () =>
    WinstonLogger.create({
      level: process.env.LOG_LEVEL ?? 'warn',
      format: format.combine(format.timestamp(), format.json()),
      transports: [new transports.Console()],
    }),
});
