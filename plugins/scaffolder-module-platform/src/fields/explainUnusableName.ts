import {
  explainServiceName,
  type PlatformApi,
} from '@slipway/plugin-platform-common';

/**
 * Why a new service can't have this name, or `undefined` where it can. The rules of spelling are looked
 * at first: a name that breaks one is not asked for.
 */
export async function explainUnusableName(
  platformApi: Pick<PlatformApi, 'checkServiceName'>,
  name: string,
  options?: { signal?: AbortSignal },
): Promise<string | undefined> {
  const problem = explainServiceName(name);
  if (problem) {
    return problem;
  }
  try {
    const check = await platformApi.checkServiceName(name, options);
    return check.available
      ? undefined
      : (check.reason ?? `"${name}" is taken. Choose another name.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Whether "${name}" is free could not be checked: ${reason}`;
  }
}
