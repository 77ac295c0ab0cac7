import type { Preview, PreviewState } from '../deployments';
import type { Run } from '../runs';
import type { RequestOptions, StartOptions } from './options';

/** Environments that branches have for themselves. */
export interface PreviewsApi {
  /** The newest 200, the newest first. */
  listPreviews(
    filter: { service?: string; branch?: string; state?: PreviewState[] },
    options?: RequestOptions,
  ): Promise<Preview[]>;
  /** Answers the one that the branch has, where it has one. */
  startPreview(
    request: { service: string; branch: string },
    options?: RequestOptions,
  ): Promise<Preview>;
  /** Lets it last as long from now on as a new one would. */
  extendPreview(id: string, options?: RequestOptions): Promise<Preview>;
  removePreview(id: string, options?: StartOptions): Promise<Run>;
}
