/**
 * What all of these come to, once all of them have: none is left alone where another fails. Throws what the first one threw.
 */
export async function allOf<T>(work: Array<Promise<T>>): Promise<T[]> {
  const results = await Promise.allSettled(work);
  return results.map(result => {
    if (result.status === 'rejected') {
      throw result.reason;
    }
    return result.value;
  });
}
