import type { Entity } from '@backstage/catalog-model';
import {
  type EntityChanges,
  ON_CALL_ANNOTATION,
  RUNBOOK_ANNOTATION,
  SECURITY_CONTACT_ANNOTATION,
  TECHNICAL_LEAD_ANNOTATION,
  TIER_ANNOTATION,
} from '@slipway/plugin-platform-common';

/** What can be edited of an entity, as text that people write. */
export interface Details {
  title: string;
  description: string;
  lifecycle: string;
  tier: string;
  technicalLead: string;
  onCall: string;
  securityContact: string;
  runbook: string;
  /** With commas between them. */
  tags: string;
  /** A line each: the address, then what it is called. */
  links: string;
}

/** What an entity says of itself. */
export function detailsOf({ metadata, spec }: Entity): Details {
  const { annotations = {} } = metadata;
  return {
    title: metadata.title ?? '',
    description: metadata.description ?? '',
    lifecycle: typeof spec?.lifecycle === 'string' ? spec.lifecycle : '',
    tier: annotations[TIER_ANNOTATION] ?? '',
    technicalLead: annotations[TECHNICAL_LEAD_ANNOTATION] ?? '',
    onCall: annotations[ON_CALL_ANNOTATION] ?? '',
    securityContact: annotations[SECURITY_CONTACT_ANNOTATION] ?? '',
    runbook: annotations[RUNBOOK_ANNOTATION] ?? '',
    tags: (metadata.tags ?? []).join(', '),
    links: (metadata.links ?? [])
      .map(({ url, title }) => [url, title].filter(Boolean).join(' '))
      .join('\n'),
  };
}

/** What of it is otherwise now. */
export function changesOf(before: Details, after: Details): EntityChanges {
  const changed = (name: keyof Details) =>
    after[name].trim() !== before[name].trim();
  const text = (name: keyof Details) =>
    changed(name) ? { [name]: after[name].trim() || null } : {};
  return {
    ...text('title'),
    ...text('description'),
    ...text('tier'),
    ...text('technicalLead'),
    ...text('onCall'),
    ...text('securityContact'),
    ...text('runbook'),
    ...(changed('lifecycle') && { lifecycle: after.lifecycle }),
    ...(changed('tags') && {
      tags: after.tags
        .split(',')
        .map(tag => tag.trim())
        .filter(Boolean),
    }),
    ...(changed('links') && { links: linksOf(after.links) }),
  };
}

function linksOf(text: string): Array<{ url: string; title?: string }> {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .map(line => {
      const [url, ...words] = line.split(/\s+/);
      return { url, ...(words.length > 0 && { title: words.join(' ') }) };
    });
}
