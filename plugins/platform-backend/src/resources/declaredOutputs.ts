import {
  OperationFailedError,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';

/** The outputs of a resource, those that must be kept secret apart. */
export interface DeclaredOutputs {
  open: Record<string, string>;
  secret: Record<string, string>;
}

/** Throws `OperationFailedError` that names them where declared outputs are missing, or others came. */
export function requireDeclaredOutputs(
  { name, outputs: declared }: ResourceProvider,
  outputs: Record<string, string>,
): DeclaredOutputs {
  const missing = Object.keys(declared).filter(
    output => typeof outputs[output] !== 'string',
  );
  const unknown = Object.keys(outputs).filter(
    output => !Object.hasOwn(declared, output),
  );
  if (missing.length > 0 || unknown.length > 0) {
    const problems = [
      ...(missing.length ? [`did not answer: ${missing.join(', ')}`] : []),
      ...(unknown.length
        ? [`answered what it doesn't declare: ${unknown.join(', ')}`]
        : []),
    ];
    throw new OperationFailedError({
      message: `The provider ${name} ${problems.join(', and ')}.`,
      hint: 'Nothing of its answer was kept. Retry it; if it happens again, tell the team that looks after the provider.',
    });
  }
  const pick = (secret: boolean) =>
    Object.fromEntries(
      Object.entries(outputs).filter(
        ([output]) => (declared[output].secret ?? false) === secret,
      ),
    );
  return { open: pick(false), secret: pick(true) };
}
