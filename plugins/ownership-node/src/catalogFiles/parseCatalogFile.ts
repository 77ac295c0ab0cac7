import type { Entity } from '@backstage/catalog-model';
import { LineCounter, parseAllDocuments } from 'yaml';

/** The entities of a file, or the first thing that is wrong with it. */
export type ParsedCatalogFile =
  | { entities: Entity[]; problem?: undefined }
  | { entities?: undefined; problem: string };

/** Reads a `catalog-info.yaml` of one or more documents. */
export function parseCatalogFile(text: string): ParsedCatalogFile {
  const lineCounter = new LineCounter();
  const entities: Entity[] = [];
  for (const document of parseAllDocuments(text, { lineCounter })) {
    const [error] = document.errors;
    if (error) {
      const { line } = lineCounter.linePos(error.pos[0]);
      const [what] = error.message.split(/ at line \d+/);
      return { problem: `line ${line}: ${what}.` };
    }
    let content: unknown;
    try {
      content = document.toJS();
    } catch (failure) {
      // For example aliases that unfold without end.
      return { problem: `${(failure as Error).message}.` };
    }
    if (content === null || content === undefined) {
      continue;
    }
    const { line } = lineCounter.linePos(document.contents?.range?.[0] ?? 0);
    if (!isEntity(content)) {
      return {
        problem: `line ${line}: an entity needs apiVersion, kind and metadata.name, each a text.`,
      };
    }
    entities.push(content);
  }
  return { entities };
}

function isEntity(content: unknown): content is Entity {
  const { apiVersion, kind, metadata, spec } = content as Partial<Entity>;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    isObject(metadata) &&
    typeof metadata.name === 'string' &&
    (metadata.annotations === undefined || isObject(metadata.annotations)) &&
    (spec === undefined || isObject(spec))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
