import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { PREVIEW_STATES, type Preview } from '@slipway/plugin-platform-common';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runOutput, type Zod } from './schemas';

const preview = (zod: Zod) =>
  zod.object({
    id: zod.string(),
    service: zod.string(),
    branch: zod.string(),
    environment: zod.string().describe('The name of the environment.'),
    base: zod.string().describe('The environment that it is cloned from.'),
    state: zod.string().describe('active, removing or removed.'),
    expiresAt: zod.string(),
    url: zod.string().optional().describe('Where it answers, once it does.'),
  });

const previewOutput = (zod: Zod) => zod.object({ preview: preview(zod) });

const previewId = (zod: Zod) =>
  zod.object({ id: zod.string().describe('The id of the preview.') }).strict();

function previewOf({ serving, ...shown }: Preview) {
  const { id, service, branch, environment, base, state, expiresAt } = shown;
  return {
    ...{ id, service, branch, environment, base, state, expiresAt },
    ...(serving?.url && { url: serving.url }),
  };
}

/** Environments that branches have for themselves. */
export function registerPreviews(
  registry: ActionsRegistryService,
  { previews }: ActionOptions,
): void {
  registry.register({
    name: 'list-previews',
    title: 'List previews',
    description:
      'The environments that branches have for themselves, newest first. Of one service or branch, or of all.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            service: zod.string().optional(),
            branch: zod.string().optional(),
            state: zod.array(zod.enum(PREVIEW_STATES)).optional(),
          })
          .strict(),
      output: zod => zod.object({ previews: zod.array(preview(zod)) }),
    },
    action: async ({ input, credentials }) => {
      const items = await previews.list(credentials, input);
      return { output: { previews: items.map(previewOf) } };
    },
  });

  registry.register({
    name: 'start-preview',
    title: 'Give a branch a preview',
    description:
      'Answers the one that it has, where it has one. It shows the newest green pipeline of the branch, and each one after that.',
    attributes: { destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            service: zod.string().describe('The name of the service.'),
            branch: zod.string(),
          })
          .strict(),
      output: previewOutput,
    },
    action: async ({ input: { service, branch }, credentials }) => {
      const started = await previews.start(credentials, service, branch);
      return { output: { preview: previewOf(started) } };
    },
  });

  registry.register({
    name: 'extend-preview',
    title: 'Extend a preview',
    description: 'Lets it last as long from now on as a new one would.',
    attributes: { destructive: false, idempotent: false },
    schema: { input: previewId, output: previewOutput },
    action: async ({ input, credentials }) => {
      const extended = await previews.extend(credentials, input.id);
      return { output: { preview: previewOf(extended) } };
    },
  });

  registry.register({
    name: 'remove-preview',
    title: 'Remove a preview',
    description: 'Takes it away, with its resources.',
    attributes: { destructive: true, idempotent: false },
    schema: { input: previewId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await previews.remove(credentials, input.id)),
  });
}
