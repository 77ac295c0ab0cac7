import { createApp } from './app.js';
import { logger } from './logger.js';
import { serve } from './server.js';

const port = Number(process.env.PORT ?? 8080);

serve(createApp(), port, logger);
