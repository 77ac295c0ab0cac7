import { explainServiceName } from '@slipway/plugin-platform-common';
import { z } from 'zod';
import { teamReference } from '../access';

const name = z.string().superRefine((value, context) => {
  const problem = explainServiceName(value);
  if (problem) {
    context.addIssue({ code: 'custom', message: problem });
  }
});

/** What is said about a service that is to be created. */
export const createServiceRequest = z.object({
  name,
  description: z.string().max(1000).default(''),
  owner: teamReference('a service'),
  /** The first line of the first commit's message. */
  message: z.string().max(1000).optional(),
});

/** The same as it is sent beside the archive. */
export const createServiceQuery = createServiceRequest.extend({
  /** The entity reference of the template that asks. */
  goldenPath: z.string().optional(),
});

/** What a run that creates a service starts from. */
export const createServiceInput = createServiceRequest.extend({
  /** The digest of a gzipped tar of the first commit's files. */
  archive: z.string(),
});
