import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readModules } from './readModules';

const DESCRIPTION = `apiVersion: slipway.dev/v1
kind: TerraformModule
metadata: { title: Bucket, description: Holds files }
spec:
  type: bucket
  parameters:
    size: { enum: [small, large] }
`;

const MODULE = `
variable "size" {
  type        = string
  description = "How large"
  default     = "small"
}
variable "copies" { type = number }
variable "note" {
  type    = string
  default = null
}
variable "token" {
  type      = string
  sensitive = true
}
variable "slipway_name" { type = string }
output "url" {
  value       = "x"
  description = "Where it is"
}
output "key" {
  value     = "y"
  sensitive = true
}
`;

describe('readModules', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'slipway-modules-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(name: string, files: Record<string, string>): void {
    mkdirSync(path.join(root, name), { recursive: true });
    Object.entries(files).forEach(([file, text]) =>
      writeFileSync(path.join(root, name, file), text),
    );
  }

  it('takes parameters and outputs from the module itself', async () => {
    write('bucket', {
      'slipway.yaml': DESCRIPTION,
      'main.tf': MODULE,
      'more.tf.json': '{"variable":{"extra":{"type":"bool","default":true}}}',
    });
    write('shared', { 'main.tf': 'variable "x" {}' });
    writeFileSync(path.join(root, 'README.md'), 'Modules');

    await expect(readModules(root)).resolves.toEqual([
      {
        name: 'bucket',
        root,
        type: 'bucket',
        title: 'Bucket',
        description: 'Holds files',
        timeoutMs: undefined,
        parameters: {
          type: 'object',
          properties: {
            size: {
              type: 'string',
              description: 'How large',
              default: 'small',
              enum: ['small', 'large'],
            },
            copies: { type: 'number' },
            note: { type: 'string' },
            extra: { type: 'boolean', default: true },
          },
          required: ['copies'],
          additionalProperties: false,
        },
        filled: ['slipway_name'],
        outputs: {
          url: { description: 'Where it is' },
          key: { description: 'The module\'s output "key"', secret: true },
        },
      },
    ]);
  });

  it.each([
    ['what is no YAML', 'a: [', 'slipway.yaml:1: Flow sequence'],
    [
      'an unknown field',
      `${DESCRIPTION}  outputs: {}\n`,
      'slipway.yaml:8: There is no field spec.outputs.',
    ],
    [
      'another kind',
      DESCRIPTION.replace('TerraformModule', 'Module'),
      'slipway.yaml:2: kind is not valid. Use TerraformModule.',
    ],
    [
      'a type that is no name',
      DESCRIPTION.replace('bucket', 'S3 Bucket'),
      'slipway.yaml:5: spec.type is not valid. Use lower-case letters',
    ],
    [
      'a parameter that the module has not',
      DESCRIPTION.replace('    size:', '    sise:'),
      'slipway.yaml:7: The module has no variable "sise" that can be asked for. It has: copies, note, size.',
    ],
    [
      'a secret as a parameter',
      DESCRIPTION.replace('    size:', '    token:'),
      'The module has no variable "token" that can be asked for',
    ],
  ])('refuses %s, and says where', async (_what, description, message) => {
    write('bucket', { 'slipway.yaml': description, 'main.tf': MODULE });
    await expect(readModules(root)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('refuses what is no HCL, and says where', async () => {
    write('bucket', {
      'slipway.yaml': DESCRIPTION,
      'main.tf': 'variable {\n a = }',
    });
    await expect(readModules(root)).rejects.toThrow(
      /a module: \[main\.tf:2,\d+-\d+: /,
    );
  });

  it('refuses folders that give no name, or are none', async () => {
    write('My Bucket', { 'slipway.yaml': DESCRIPTION, 'main.tf': MODULE });
    await expect(readModules(root)).rejects.toThrow('must be named by');
    await expect(readModules(path.join(root, 'none'))).rejects.toThrow(
      "can't be read as a folder",
    );
  });
});
