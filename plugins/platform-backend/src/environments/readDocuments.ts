import type {
  DefinitionProblem,
  Environment,
  FreezeWindow,
  ResourceDefinition,
} from '@slipway/plugin-platform-common';
import {
  describeIssues,
  didYouMean,
  type FieldProblem,
  YamlDocument,
} from '@slipway/plugin-platform-node';
import type { z, ZodType } from 'zod';
import { checkDefinition } from './checkDefinition';
import {
  definitionDocument,
  environmentDocument,
  freezeDocument,
} from './documentSchemas';
import { readFreeze, readWeekly } from './freezes';
import { checkPreviews } from './checkPreviews';
import { checkRollout } from './checkRollout';
import { type Located, problemAt, type SourceFile } from './Located';

/** An environment, and its place in the order of promotion. */
export type OrderedEnvironment = Environment & { order: number };

/** What the documents of files say, each by itself. */
export interface Documents {
  environments: Located<OrderedEnvironment>[];
  definitions: Located<ResourceDefinition>[];
  freezes: Located<FreezeWindow>[];
  problems: DefinitionProblem[];
}

/** Reads every document of the files. What is wrong in one of them is a problem, and the document is left out. */
export function readDocuments(files: readonly SourceFile[]): Documents {
  const documents: Documents = {
    environments: [],
    definitions: [],
    freezes: [],
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
  { environments, definitions, freezes, problems }: Documents,
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
        const value = toEnvironment(read);
        found(
          read.spec.sleep.flatMap(
            (week, index) =>
              readWeekly(week, ['spec', 'sleep', index]).problems,
          ),
        );
        found(checkRollout(value.rollout));
        found(checkPreviews(value));
        environments.push({ ...at, value });
      }
      return;
    }
    case 'FreezeWindow': {
      const read = checked(freezeDocument);
      if (read) {
        const window = readFreeze(read, `${file}:${document.line}`);
        found(window.problems);
        if (window.freeze) {
          freezes.push({ ...at, value: window.freeze });
        }
      }
      return;
    }
    case 'ResourceDefinition': {
      const read = checked(definitionDocument);
      if (read) {
        const value = toDefinition(read, `${file}:${document.line}`);
        found(checkDefinition(value));
        definitions.push({ ...at, value });
      }
      return;
    }
    default:
      problems.push(problemAt(at, ['kind'], explainKind(kind)));
  }

  function found(wrong: FieldProblem[]): void {
    problems.push(
      ...wrong.map(({ path, message }) => problemAt(at, path, message)),
    );
  }

  function checked<T>(schema: ZodType<T>): T | undefined {
    const result = schema.safeParse(document.value);
    if (!result.success) {
      found(describeIssues(document, schema, result.error.issues));
    }
    return result.data;
  }
}

const KINDS = ['Environment', 'ResourceDefinition', 'FreezeWindow'];

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value
    ? value.kind
    : undefined;
}

function explainKind(kind: unknown): string {
  return kind === undefined
    ? `kind is missing. Each document says which it is: ${KINDS.join(', ')}.`
    : `There is no kind ${JSON.stringify(kind)} here.${didYouMean(String(kind), KINDS)} There are: ${KINDS.join(', ')}.`;
}

function toEnvironment({
  metadata: { name, title },
  spec: { order, autoDeploy, protected: isProtected, rollout, ...spec },
}: z.output<typeof environmentDocument>): OrderedEnvironment {
  return {
    name,
    title: title ?? name,
    autoDeploy,
    protected: isProtected,
    rollout: {
      strategy: rollout.strategy,
      steps: rollout.steps.map(step => ({
        percent: step.percent,
        forMs: step.for,
      })),
      bakeMs: rollout.bake,
    },
    replicas: spec.replicas,
    sleep: spec.sleep.flatMap(week => readWeekly(week, []).when ?? []),
    ...(spec.previews && {
      previews: {
        for: spec.previews.for,
        defaultMs: spec.previews.timeToLive.default,
        maximumMs: spec.previews.timeToLive.maximum,
        maximum: spec.previews.maximum,
      },
    }),
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
