import type { CliCall, CliResult } from '../cli/CliProcess';
import { TerraformCli, type TerraformCliOptions } from '../cli/TerraformCli';

/** What changes the world, or a state of it. */
const CHANGES = ['init', 'state', 'apply'];

/** The same CLI for a portal that dies where it would run one command more that changes something. */
export class DyingCli extends TerraformCli {
  #effects: number;

  constructor(options: TerraformCliOptions, effects: number) {
    super(options);
    this.#effects = effects;
  }

  override async run(call: CliCall): Promise<CliResult> {
    if (CHANGES.includes(call.args[0])) {
      if (this.#effects === 0) {
        throw new Error('The portal has died.');
      }
      this.#effects -= 1;
    }
    return await super.run(call);
  }
}
