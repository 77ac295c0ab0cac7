import satisfies from 'spdx-satisfies';
import { z } from 'zod';

/** What may be deployed where `scan.json` doesn't say more. */
export const DEFAULT_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** `scan.json`: what a repository allows beyond that. */
export const scanPolicy = z.strictObject({
  licences: z
    .strictObject({
      /** SPDX identifiers. */
      allow: z.array(z.string()).default([]),
      /** Packages whose licence somebody has looked at, with what they found. */
      except: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
});

const component = z.object({
  name: z.string(),
  version: z.string().default(''),
  licenses: z
    .array(
      z.union([
        z.object({ expression: z.string() }),
        z.object({
          license: z.object({
            id: z.string().optional(),
            name: z.string().optional(),
          }),
        }),
      ]),
    )
    .default([]),
});

/** What of a CycloneDX document is read. */
export const sbomDocument = z.object({
  components: z.array(component).default([]),
});

/** A package whose licence nobody has allowed. */
export interface ForbiddenPackage {
  name: string;
  licence: string;
}

/** The packages that must not be deployed. */
export function forbiddenPackages(
  { components }: z.output<typeof sbomDocument>,
  { licences }: z.output<typeof scanPolicy>,
): ForbiddenPackage[] {
  const allowed = [...DEFAULT_LICENCES, ...licences.allow];
  return components
    .map(each => ({ name: each.name, licence: licenceOf(each) }))
    .filter(
      ({ name, licence }) =>
        !Object.hasOwn(licences.except, name) && !isAllowed(licence, allowed),
    );
}

/** As SPDX writes it; `none` where a package says nothing. */
export function licenceOf({ licenses }: z.output<typeof component>): string {
  const all = licenses.map(each =>
    'expression' in each
      ? each.expression
      : (each.license.id ?? each.license.name ?? 'none'),
  );
  return all.length > 1 ? `(${all.join(' AND ')})` : (all[0] ?? 'none');
}

function isAllowed(licence: string, allowed: string[]): boolean {
  try {
    return satisfies(licence, allowed);
  } catch {
    // No expression of SPDX: somebody has to look.
    return false;
  }
}
