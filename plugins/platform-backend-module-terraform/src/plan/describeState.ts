import type { JsonObject } from '@backstage/types';
import type { Observation } from '@slipway/plugin-platform-node';
import type { PlanOutput, StateModule } from './planOutput';
import { secretsOf, withoutSecrets } from './secretsOf';
import { SECRET, shown } from './shown';

/** What is there, after a look at it: for each resource of the module, by its address, what it is like. */
export function describeState(plan: PlanOutput): Observation {
  const attributes = attributesOf(
    plan.prior_state?.values?.root_module ?? {},
    secretsOf(plan),
  );
  return { exists: Object.keys(attributes).length > 0, attributes };
}

function attributesOf(
  { resources = [], child_modules = [] }: StateModule,
  secrets: string[],
): JsonObject {
  const own = resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, values = {}, sensitive_values }) => {
      const set = Object.entries(values).filter(([, value]) => value !== null);
      const open = shown(Object.fromEntries(set), sensitive_values, SECRET);
      return [address, withoutSecrets(open, secrets, SECRET)];
    });
  return Object.assign(
    Object.fromEntries(own),
    ...child_modules.map(child => attributesOf(child, secrets)),
  );
}
