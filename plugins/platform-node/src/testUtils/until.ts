/**
 * Resolves as soon as a condition holds; throws when it doesn't in time.
 *
 * @param milliseconds - left out: 15 s
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${condition}`);
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
