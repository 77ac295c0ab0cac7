import { z } from 'zod';
import { COMMAND_PROFILE_NAMES } from './users/commandProfiles';

/** What can be asked for. */
export function createParameters(servers: string[]) {
  const [first, ...others] = servers;
  const server = (
    first === undefined ? z.string() : z.enum([first, ...others])
  ) as z.ZodType<string>;
  return z.strictObject({
    server: server
      .default(first ?? 'none')
      .meta({ title: 'Server', description: 'Which of the Redis servers' }),
    commands: z
      .enum(COMMAND_PROFILE_NAMES)
      .default('read-write')
      .meta({ title: 'Commands', description: 'What it may do with its keys' }),
  });
}

export type RedisParameters = z.infer<ReturnType<typeof createParameters>>;
