import { z } from 'zod';
import {
  createResourceProvider,
  planByAttributes,
  type ProvidedResource,
  type ProviderContext,
  type ResourceProvider,
} from '../index';

/** One text record of a zone. */
export interface TextRecord {
  text: string;
  ttlSeconds: number;
  /** Who has it may change the text. */
  updateKey: string;
}

/** Where records are kept: a DNS server, a cloud's zone, a directory. Every call may come twice. */
export interface Zone {
  read(label: string): Promise<TextRecord | undefined>;
  write(label: string, record: TextRecord): Promise<void>;
  remove(label: string): Promise<void>;
}

const parameters = z.strictObject({
  text: z.string().min(1).max(255).describe('What the record says'),
  ttlSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(300)
    .describe('How long others may remember it, in seconds'),
});
type Parameters = z.infer<typeof parameters>;
type TextResource = ProvidedResource<Parameters>;

/** The id never changes and is nobody else's: with the name alone, two records could meet. As long as a label may be, 63 bytes. */
export function labelOf({
  name,
  id,
}: Pick<TextResource, 'name' | 'id'>): string {
  return `${name.replaceAll('.', '-').slice(0, 26)}-${id}`;
}

/** Text records of a zone. The example of the guide docs/guides/resource-providers.md. */
export function createTextRecordProvider(zone: Zone): ResourceProvider {
  return createResourceProvider<Parameters>({
    name: 'text-record',
    type: 'text-record',
    title: 'Text record',
    description: 'A line of text that everybody can look up by a name',
    parameters,
    outputs: {
      label: { description: 'What to look up' },
      updateKey: { description: 'What lets change the text', secret: true },
    },

    async observe(resource) {
      const record = await zone.read(labelOf(resource));
      if (!record) {
        return { exists: false, attributes: {} };
      }
      const { text, ttlSeconds } = record;
      return { exists: true, attributes: { text, ttlSeconds } };
    },

    async plan(resource, observation) {
      return planByAttributes({ wanted: resource.parameters, observation });
    },

    async apply(resource: TextResource, context: ProviderContext) {
      context.signal.throwIfAborted();
      const label = labelOf(resource);
      // Whoever has the key goes on using it: a new one is only for a new record.
      const updateKey =
        resource.outputs.updateKey ?? (await context.password('update-key'));
      await zone.write(label, { ...resource.parameters, updateKey });
      context.log(`${label} says what it shall.`);
      return { outputs: { label, updateKey } };
    },

    async destroy(resource) {
      await zone.remove(labelOf(resource));
    },
  });
}
