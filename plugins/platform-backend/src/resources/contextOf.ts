import type {
  ProviderContext,
  StepContext,
} from '@slipway/plugin-platform-node';
import { derivePassword } from './password';
import { refuse } from './refuse';

/** What a provider is given while it acts in a step: passwords that the step can make again, and secrets of the step's run. */
export async function contextOf(
  step: Pick<StepContext, 'idempotencyKey' | 'log' | 'secret'>,
  passwordKey: Buffer,
  /** What is secret from the beginning. */
  known: string[],
): Promise<Omit<ProviderContext, 'signal'>> {
  const registered = new Set<string>();
  const secret = async (value: string) => {
    if (!registered.has(value)) {
      await step.secret(value).catch(refuse);
      registered.add(value);
    }
  };
  for (const value of known) {
    await secret(value);
  }
  return {
    idempotencyKey: step.idempotencyKey,
    log: text => step.log(text),
    secret,
    password: async name => {
      const password = derivePassword(passwordKey, step.idempotencyKey, name);
      await secret(password);
      return password;
    },
  };
}
