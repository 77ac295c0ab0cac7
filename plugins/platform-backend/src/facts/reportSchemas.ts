import { z } from 'zod';

/** What is read of a report of GitLab's security scanners. */
export const securityReport = z.object({
  vulnerabilities: z.array(
    z.object({
      name: z.string().default('finding'),
      severity: z.string().default('Unknown'),
      description: z.string().optional(),
      location: z
        .object({
          file: z.string().optional(),
          start_line: z.number().optional(),
        })
        .optional(),
    }),
  ),
  scan: z
    .object({
      status: z.enum(['success', 'failure']).optional(),
      messages: z.array(z.object({ value: z.string() })).default([]),
    })
    .optional(),
});

/** What is read of a CycloneDX document. */
export const cycloneDx = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z
    .array(
      z.object({
        name: z.string(),
        version: z.string().default(''),
        licenses: z
          .array(
            z.object({
              expression: z.string().optional(),
              license: z
                .object({
                  id: z.string().optional(),
                  name: z.string().optional(),
                })
                .optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
