import type {
  DefinitionProblem,
  Environment,
  ResourceDefinition,
} from '@slipway/plugin-platform-common';
import { YamlDocument } from '@slipway/plugin-platform-node';
import type { z, ZodType } from 'zod';
import { checkDefinition } from './checkDefinition';
import { definitionDocument, environmentDocument } from './documentSchemas';
import { type Located, problemAt, type SourceFile } from './Located';
import { describeIssues } from './describeIssues';
import { didYouMean } from './nearest';

/** An environment, and its place in the order of promotion. */
export type OrderedEnvironment = Environment & { order: number };

/** What the documents of files say, each by itself. */
export interface Documents {
  environments: Located<OrderedEnvironment>[];
  definitions: Located<ResourceDefinition>[];
  problems: DefinitionProblem[];
}

/** Reads every document of the files. What is wrong in one of them is a problem, and the document is left out. */
export function readDocuments(files: readonly SourceFile[]): Documents {
  const documents: Documents = {
    environments: [],
    definitions: [],
    problems: [],
  };
  for (const { name, text } of files) {
    for (const document of YamlDocument.parseAll(text)) {
      readDocument(name, document, documents);
    }
  }
  return documents;
}

function readDocument(
  file: string,
  document: YamlDocument,
  { environments, definitions, problems }: Documents,
): void {
  const at = { file, lineOf: document.lineOf.bind(document) };
  if (document.broken) {
    const { line, message } = document.broken;
    problems.push({
      file,
      line,
      message: `This is no valid YAML: ${message}.`,
    });
    return;
  }
  const kind = kindOf(document.value);
  switch (kind) {
    case 'Environment': {
      const read = checked(environmentDocument);
      if (read) {
        environments.push({ ...at, value: toEnvironment(read) });
      }
      return;
    }
    case 'ResourceDefinition': {
      const read = checked(definitionDocument);
      if (read) {
        const value = toDefinition(read, `${file}:${document.line}`);
        const found = checkDefinition(value);
        problems.push(
          ...found.map(({ path, message }) => problemAt(at, path, message)),
        );
        definitions.push({ ...at, value });
      }
      return;
    }
    default:
      problems.push(problemAt(at, ['kind'], explainKind(kind)));
  }

  function checked<T>(schema: ZodType<T>): T | undefined {
    const result = schema.safeParse(document.value);
    if (!result.success) {
      problems.push(
        ...describeIssues(document, schema, result.error.issues).map(
          ({ path, message }) => problemAt(at, path, message),
        ),
      );
    }
    return result.data;
  }
}

const KINDS = ['Environment', 'ResourceDefinition'];

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value
    ? value.kind
    : undefined;
}

function explainKind(kind: unknown): string {
  return kind === undefined
    ? `kind is missing. Each document says which it is: ${KINDS.join(' or ')}.`
    : `There is no kind ${JSON.stringify(kind)} here.${didYouMean(String(kind), KINDS)} There are: ${KINDS.join(', ')}.`;
}

function toEnvironment({
  metadata: { name, title },
  spec: { order, autoDeploy, protected: isProtected },
}: z.output<typeof environmentDocument>): OrderedEnvironment {
  return {
    name,
    title: title ?? name,
    autoDeploy,
    protected: isProtected,
    order,
  };
}

function toDefinition(
  { metadata, spec }: z.output<typeof definitionDocument>,
  source: string,
): ResourceDefinition {
  const { match, provider, parameters, defaults, maximum } = spec;
  return {
    name: metadata.name,
    description: metadata.description,
    source,
    match,
    provider,
    parameters,
    defaults,
    maximum,
    timeToLive: spec.timeToLive && {
      defaultMs: spec.timeToLive.default,
      maximumMs: spec.timeToLive.maximum,
    },
    retentionMs: spec.retention,
  };
}
