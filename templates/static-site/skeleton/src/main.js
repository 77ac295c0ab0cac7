import path from 'node:path';
import { logger } from './logger.js';
import { serve } from './server.js';
import { createSite } from './site.js';

const folder = path.join(import.meta.dirname, '../dist');
const port = Number(process.env.PORT ?? 8080);

/** Without the stack, so that what the platform shows of it can be read. */
function openSite() {
  try {
    return createSite(folder);
  } catch (error) {
    logger.fatal(`the site has to be built first: ${error.message}`);
    return process.exit(1);
  }
}

serve(openSite(), port, logger);
