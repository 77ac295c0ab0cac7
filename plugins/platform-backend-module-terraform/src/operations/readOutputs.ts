import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { TerraformModule } from '../modules/TerraformModule';
import type { OutputsOutput } from '../plan/planOutput';

/**
 * The outputs as text: strings as they are, all else as JSON. Those without a value are left out.
 *
 * @throws `OperationFailedError` where the module marks one as secret by now that was not when the portal started
 */
export function readOutputs(
  outputs: OutputsOutput,
  module: TerraformModule,
): Array<{ name: string; value: string; secret: boolean }> {
  return Object.entries(outputs).flatMap(([name, { value, sensitive }]) => {
    const secret = module.outputs[name]?.secret ?? false;
    if (sensitive && !secret) {
      throw new OperationFailedError({
        message: `The module ${module.name} marks its output "${name}" as sensitive, which it did not when the portal started.`,
        hint: 'Ask the platform team to restart the portal.',
      });
    }
    if (value === undefined || value === null) {
      return [];
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ name, value: text, secret }];
  });
}
