import type { Exchange, Routes } from './Exchange';

/** The handler of a request, with what its address says; `undefined` where no route fits. */
export function findRoute(
  routes: Routes,
  method: string,
  pathname: string,
): { handler: Routes[string]; params: Exchange['params'] } | undefined {
  const given = [method, ...pathname.slice(1).split('/')];
  for (const [route, handler] of Object.entries(routes)) {
    const wanted = route.split(/ \/|\//);
    const params: Exchange['params'] = {};
    const fits =
      wanted.length === given.length &&
      wanted.every((part, index) => {
        if (part.startsWith(':')) {
          params[part.slice(1)] = decodeURIComponent(given[index]);
          return true;
        }
        return part === given[index];
      });
    if (fits) {
      return { handler, params };
    }
  }
  return undefined;
}
