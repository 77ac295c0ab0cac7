import { z } from 'zod';
import type { ScoreFile, ScoreVolume } from './types';

const text = z.string();
const target = text.min(1, 'Say where it shall be found.');

const file = z
  .strictObject({
    target,
    mode: text
      .regex(/^0?[0-7]{3}$/, 'Use an octal mode such as "0644".')
      .optional(),
    source: text.min(1).optional(),
    content: z.union([text, z.array(text)]).optional(),
    binaryContent: z.base64('Use base64.').optional(),
    noExpand: z.boolean().optional(),
  })
  .refine(
    ({ source, content, binaryContent }) =>
      [source, content, binaryContent].filter(each => each !== undefined)
        .length === 1,
    'Give one of content, binaryContent and source.',
  )
  .transform(({ content, ...rest }): ScoreFile => ({
    ...rest,
    ...(content !== undefined && {
      content: Array.isArray(content) ? content.join('\n') : content,
    }),
  }));

const volume = z
  .strictObject({
    target,
    source: text.min(1),
    path: text.optional(),
    readOnly: z.boolean().optional(),
    read_only: z.boolean().optional(),
  })
  .transform(({ read_only, ...rest }): ScoreVolume => ({
    ...(read_only !== undefined && { readOnly: read_only }),
    ...rest,
  }));

/** `files` of a container. */
export const fileList = listByTarget(file);

/** `volumes` of a container. */
export const volumeList = listByTarget(volume);

/** Reads a list of things with a `target`, or a mapping by it, which is how Score writes it since 2025. */
function listByTarget<T>(item: z.ZodType<T>) {
  const list = z.array(item);
  return z
    .union(
      [z.array(z.unknown()), z.record(text, z.unknown())],
      'Use a list, or a mapping by target.',
    )
    .transform((value, context): T[] => {
      const keys = Array.isArray(value) ? undefined : Object.keys(value);
      const result = list.safeParse(
        keys ? Object.entries(value).map(toItem) : value,
      );
      if (result.success) {
        return result.data;
      }
      for (const { path, ...issue } of result.error.issues) {
        const [index, ...rest] = path;
        // Errors name the target where the file does.
        const place = keys ? keys[Number(index)] : index;
        context.addIssue({ ...issue, path: [place, ...rest] });
      }
      return z.NEVER;
    });
}

function toItem([key, value]: [string, unknown]): unknown {
  return typeof value === 'object' && value !== null
    ? { ...value, target: key }
    : value;
}
