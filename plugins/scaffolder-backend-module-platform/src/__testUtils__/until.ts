/** Resolves as soon as a condition holds; throws when it doesn't within a minute. */
export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${condition}`);
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
