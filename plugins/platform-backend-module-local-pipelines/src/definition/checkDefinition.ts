import type { Failure } from '@slipway/plugin-platform-common';
import {
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
} from 'yaml';
import { DEFAULT_STAGES, KEYWORDS } from './PipelineDefinition';

const FILE = '.gitlab-ci.yml';
/** Forms of `include` that fetch from a server. */
const REMOTE_INCLUDES = ['component', 'project', 'remote', 'template'];

type Mapping = Record<string, unknown>;

class DefinitionCheck {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #root: Mapping;
  readonly #jobs: Array<[string, Mapping]>;

  constructor(document: Document, lines: LineCounter, root: Mapping) {
    this.#document = document;
    this.#lines = lines;
    this.#root = root;
    this.#jobs = Object.entries(root).flatMap(([name, job]) =>
      isMapping(job) && !name.startsWith('.') && !KEYWORDS.has(name)
        ? [[name, job] as [string, Mapping]]
        : [],
    );
  }

  run(): Failure | undefined {
    return (
      this.#checkUnsupported() ??
      (this.#root.include === undefined
        ? (this.#checkEntries() ?? this.#checkStages() ?? this.#checkNeeds())
        : undefined)
    );
  }

  #checkUnsupported(): Failure | undefined {
    const includes = [this.#root.include].flat();
    const remote = includes.find(
      include =>
        (typeof include === 'string' && /^https?:/.test(include)) ||
        (isMapping(include) && REMOTE_INCLUDES.some(key => key in include)),
    );
    if (remote) {
      return {
        message: `${this.#at(['include'])} includes a file from another place, which pipelines on this machine do not fetch.`,
        hint: 'Copy what it holds into this repository and include it with "local".',
      };
    }
    const places: Array<[string[], Mapping]> = [
      [[], this.#root],
      ...this.#jobs.map(([name, job]): [string[], Mapping] => [[name], job]),
    ];
    const services = places.find(([, place]) => place.services !== undefined);
    if (services) {
      return {
        message: `${this.#at([...services[0], 'services'])} asks for services, which need containers; pipelines on this machine run in a shell without any.`,
        hint: 'Remove "services" and start what the job needs in its script.',
      };
    }
    const triggered = this.#jobs.find(([, job]) => job.trigger !== undefined);
    if (triggered) {
      return {
        message: `${this.#at([triggered[0], 'trigger'])}: job "${triggered[0]}" triggers another pipeline, which pipelines on this machine cannot.`,
        hint: 'Put its jobs into this file.',
      };
    }
    return undefined;
  }

  #checkEntries(): Failure | undefined {
    if (this.#jobs.length === 0) {
      return {
        message: `${FILE} holds no jobs.`,
        hint: 'Add a job: a name with a "script" below it.',
      };
    }
    const idle = this.#jobs.find(
      ([, job]) =>
        job.script === undefined &&
        job.extends === undefined &&
        job.run === undefined,
    );
    return (
      idle && {
        message: `${this.#at([idle[0]])}: job "${idle[0]}" has no script.`,
        hint: 'Add "script" with the commands to run.',
      }
    );
  }

  #checkStages(): Failure | undefined {
    const { stages = DEFAULT_STAGES } = this.#root;
    if (!Array.isArray(stages)) {
      return {
        message: `${this.#at(['stages'])}: "stages" is no list.`,
        hint: 'Write it like "stages: [build, test]".',
      };
    }
    const known = ['.pre', ...stages.map(String), '.post'];
    const lost = this.#jobs.find(
      ([, job]) =>
        job.stage !== undefined && !known.includes(String(job.stage)),
    );
    return (
      lost && {
        message: `${this.#at([lost[0], 'stage'])}: job "${lost[0]}" is in stage "${lost[1].stage}", which does not exist.`,
        hint: `Use one of ${stages.join(', ')}, or add it to "stages".`,
      }
    );
  }

  #checkNeeds(): Failure | undefined {
    const names = this.#jobs.map(([name]) => name);
    for (const [name, job] of this.#jobs) {
      const needs = Array.isArray(job.needs) ? job.needs : [];
      for (const need of needs) {
        const needed = isMapping(need) ? need.job : need;
        const isOptional = isMapping(need) && need.optional === true;
        if (
          typeof needed === 'string' &&
          !isOptional &&
          !names.includes(needed)
        ) {
          return {
            message: `${this.#at([name, 'needs'])}: job "${name}" needs job "${needed}", which does not exist.`,
            hint: `Jobs of this file: ${names.join(', ')}.`,
          };
        }
      }
    }
    return undefined;
  }

  /** The file and, where it can be told, the line of a key. */
  #at(keys: string[]): string {
    const parent = this.#document.getIn(keys.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(
          ({ key }) => isScalar(key) && String(key.value) === keys.at(-1),
        )
      : undefined;
    const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined
      ? FILE
      : `${FILE}, line ${this.#lines.linePos(offset).line}`;
  }
}

/**
 * Finds what would keep a definition from running, with the line it is on. Undefined where nothing is
 * wrong as far as one can see without running it: what includes bring is gitlab-ci-local's to judge.
 */
export function checkDefinition(definition: string): Failure | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(definition, {
    lineCounter,
    merge: true,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) {
    const [position] = error.linePos ?? [];
    return {
      message: `${FILE}${position ? `, line ${position.line}` : ''}, is not valid YAML: ${error.message
        .split('\n')[0]
        .replace(/ at line \d+, column \d+:?$/, '')}.`,
      hint: 'Correct the line and push again.',
    };
  }
  const root: unknown = document.toJS({ maxAliasCount: 1000 });
  if (!isMapping(root)) {
    return {
      message: `${FILE} holds no jobs.`,
      hint: 'Add a job: a name with a "script" below it.',
    };
  }
  return new DefinitionCheck(document, lineCounter, root).run();
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
